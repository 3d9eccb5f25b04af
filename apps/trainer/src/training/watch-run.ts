import { describeError } from '@cmcgan/command-line';
import { writeRunEnding, type RunEnding, type RunPosition, type TrainingObserver, type TrainingRun } from '@cmcgan/training/node';
import { describeEnding, describeFailure } from './describe-ending';
import { observeCheckpoint, observeEpoch, observeFinish, observeStart, observeStep } from './observe-run';
import { recordStep } from './record-step';
import type { RunContext, RunFacts } from './run-context';

/** The trainer's part in a run that @cmcgan/training trains. */
export interface Watch {
  /** To be handed to `train`. */
  readonly observers: readonly TrainingObserver[];
  /** Why the run ended, which ending.json says from then on; null while it goes on. */
  readonly ending: () => RunEnding | null;
}

/** Writes the log, shows progress, tells the run's observers, and writes why the run ended. */
export function watchRun(facts: RunFacts): Watch {
  let ending: RunEnding | null = null;
  let context: RunContext | undefined;
  const contextOf = (run: TrainingRun) => (context ??= { ...facts, ...run });
  const end = async (run: TrainingRun, position: Readonly<RunPosition>, error?: unknown) => {
    await facts.log.close();
    const ended = { ...contextOf(run), stopReason: run.stopReason() };
    const reason = error === undefined ? describeEnding(ended, position) : describeFailure(ended, position, error);
    ending = await writeEnding(facts, { ...reason, step: position.step });
  };
  const watcher: TrainingObserver = {
    async start(run, position) {
      facts.interrupt.hold();
      await observeStart(contextOf(run), position);
    },
    async afterStep(run, position, report) {
      const record = await recordStep(contextOf(run), position, report);
      await observeStep(contextOf(run), position, record);
    },
    afterEpoch: (run, position) => observeEpoch(contextOf(run), position),
    beforeCheckpoint: () => facts.log.sync(), // a checkpoint on the disk without the log of its steps would leave a gap
    afterCheckpoint: (run, position) => observeCheckpoint(contextOf(run), position),
    async finish(run, position, outcome, error) {
      await end(run, position, error);
      await observeFinish(contextOf(run), position, outcome);
    },
  };
  const remembering = facts.observers.flatMap(({ resumable }) => (resumable === undefined ? [] : [{ resumable }]));
  return { observers: [watcher, ...remembering], ending: () => ending };
}

/** Writes why the run ended, before the observers that tell of it. What keeps it from being written is a note: all else is saved. */
async function writeEnding({ folder, progress }: RunFacts, reason: Omit<RunEnding, 'at'>): Promise<RunEnding> {
  const ending = { ...reason, at: new Date().toISOString() };
  try {
    await writeRunEnding(folder.ending, ending);
  } catch (error) {
    progress.note(`warning: why the run ended could not be written: ${describeError(error)}`);
  }
  return ending;
}
