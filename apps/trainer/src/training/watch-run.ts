import {
  writeRunEnding,
  type RunEnding,
  type RunOutcome,
  type RunPosition,
  type StepRecord,
  type StepReport,
  type TrainingFacts,
  type TrainingObserver,
} from '@cmcgan/training/node';
import { describeError } from '@cmcgan/command-line';
import { createJudgingObserver } from '../judging/judging-observer';
import { createEventsObserver } from '../progress/events-observer';
import { createRateMeter, type RateMeter } from '../progress/rate-meter';
import { createReportObserver } from '../report/report-observer';
import { createSamplesObserver } from '../samples/samples-observer';
import { createTensorboardObserver } from '../tensorboard/tensorboard-observer';
import { assertNotDiverged } from './assert-not-diverged';
import { describeEnding, describeFailure } from './describe-ending';
import type { Run } from './run';
import type { CreateRunObserver, ObservedRun, RunObserver } from './run-observer';

/** The observers of a run, in the order in which they are notified. To add one: one file and one row. */
const RUN_OBSERVERS: readonly CreateRunObserver[] = [
  createSamplesObserver,
  createJudgingObserver,
  createTensorboardObserver,
  createReportObserver,
  createEventsObserver,
];

function createRunObservers(run: Run): RunObserver[] {
  const observers: RunObserver[] = [];
  const tellScore: ObservedRun['tellScore'] = async (position, score) => {
    for (const observer of observers) await observer.afterScore?.(position, score);
  };
  const created = RUN_OBSERVERS.map((create) => create({ ...run, tellScore }));
  observers.push(...created.filter((observer) => observer !== null));
  return observers;
}

/** The trainer's part in a run that @cmcgan/training trains. */
export interface Watch {
  /** To be passed to `train`. */
  readonly observers: readonly TrainingObserver[];
  /** Why the run ended, as written to ending.json; null while it continues. */
  readonly ending: () => RunEnding | null;
}

/** Creates the observers that write the log, show progress, notify the run's own observers, and record why the run ended. */
export function watchRun(run: Run): Watch {
  const { log, interrupt } = run;
  const rate = createRateMeter(run.nowMs);
  const observers = createRunObservers(run);
  let ending: RunEnding | null = null;
  const watcher: TrainingObserver = {
    async start(training, position) {
      interrupt.hold();
      for (const observer of observers) await observer.start?.(training, position);
    },
    async afterStep(training, position, report) {
      const record = recordOf(report, position, { ...run.options, rate });
      await log.write(record);
      await assertNotDiverged(record, report.batches, { lossLimit: run.options.lossLimit, folder: run.folder });
      showStep(run, training, { record, rate });
      for (const observer of observers) await observer.afterStep?.(training, position, record);
    },
    async afterEpoch(training, position) {
      for (const observer of observers) await observer.afterEpoch?.(training, position);
    },
    beforeCheckpoint: () => log.sync(), // a checkpoint on the disk without the log of its steps would leave a gap
    async afterCheckpoint(training, position) {
      for (const observer of observers) await observer.afterCheckpoint?.(training, position);
    },
    async finish(training, position, outcome, error) {
      await log.close();
      const { stepsPerEpoch, totalSteps } = training;
      const ended = { options: run.options, interrupt, stepsPerEpoch, totalSteps, stopReason: training.stopReason() };
      const reason = error === undefined ? describeEnding(ended, position) : describeFailure(ended, position, error);
      ending = await writeEnding(run, { ...reason, step: position.step });
      for (const observer of observers) await finish(observer, run, [training, position, outcome]);
    },
  };
  const remembering = observers.flatMap(({ resumable }) => (resumable === undefined ? [] : [{ resumable }]));
  return { observers: [watcher, ...remembering], ending: () => ending };
}

/** Notifies an observer that the run has ended. If the run failed, the observer's error is only a note: the run's matters more. */
async function finish(
  observer: RunObserver,
  { progress }: Pick<Run, 'progress'>,
  told: Parameters<NonNullable<RunObserver['finish']>>,
): Promise<void> {
  const outcome: RunOutcome = told[2];
  try {
    await observer.finish?.(...told);
  } catch (error) {
    if (outcome !== 'failed') throw error;
    progress.note(`warning: ${describeError(error)}`);
  }
}

interface Pace {
  readonly batchSize: number;
  readonly accumulate: number;
  readonly rate: RateMeter;
}

/** The log's record of a step. */
function recordOf(report: StepReport, { step }: Readonly<RunPosition>, { batchSize, accumulate, rate }: Pace): StepRecord {
  const { epoch, losses, stepMs, ranks } = report;
  rate.add({ pairs: batchSize * accumulate, stepMs });
  const { pairsPerSecond } = rate;
  return { step, epoch, losses, stepMs, pairsPerSecond, residentBytes: process.memoryUsage.rss(), ...(ranks && { ranks }) };
}

function showStep(
  { options, progress }: Pick<Run, 'options' | 'progress'>,
  { totalSteps, remainingMs }: Pick<TrainingFacts, 'totalSteps' | 'remainingMs'>,
  { record, rate }: { record: StepRecord; rate: RateMeter },
): void {
  const { epochs, batchSize, accumulate } = options;
  progress.step({
    ...record,
    losses: { ...record.losses },
    ...{ totalSteps, epochs },
    stepsPerSecond: record.pairsPerSecond / (batchSize * accumulate),
    secondsLeft: Math.min(rate.secondsLeft(totalSteps - record.step), remainingMs() / 1000),
  });
}

/** Writes ending.json, before the observers that report it. A failure to do so is only a note: everything else is saved. */
async function writeEnding(
  { folder, progress }: Pick<Run, 'folder' | 'progress'>,
  reason: Omit<RunEnding, 'at'>,
): Promise<RunEnding> {
  const ending = { ...reason, at: new Date().toISOString() };
  try {
    await writeRunEnding(folder.ending, ending);
  } catch (error) {
    progress.note(`warning: ending.json could not be written: ${describeError(error)}`);
  }
  return ending;
}
