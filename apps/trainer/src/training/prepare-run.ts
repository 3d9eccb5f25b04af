import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { RunningBackend } from '../backends';
import { stepsPerEpoch, type TrainingData } from '../data/open-training-data';
import type { TrainerOptions } from '../options/trainer-options';
import type { Progress } from '../progress/progress';
import { createRateMeter } from '../progress/rate-meter';
import type { RunFolder } from '../run/create-run-folder';
import { describeEnvironment } from '../run/environment';
import { writeRunConfig, type RunConfig } from '../run/run-config';
import { openStepLog } from '../run/step-log';
import type { Trainee } from './create-trainee';
import type { Interrupt } from './interrupt';
import type { RunContext } from './run-context';
import { createRunObservers } from './run-observers';
import type { RunPosition } from './run-position';

/** What a run needs from outside of it. */
export interface TrainingSurroundings {
  readonly progress: Progress;
  readonly interrupt: Interrupt;
  /** A monotonic clock, in milliseconds. */
  readonly nowMs: () => number;
  readonly startedAt: Date;
  /** Whether the run folder was named on the command line: then that one and no other. */
  readonly outChosen: boolean;
  readonly trainerVersion: string;
}

interface RunParts {
  readonly folder: RunFolder;
  readonly data: TrainingData;
  readonly backend: RunningBackend;
  readonly trainee: Trainee;
  readonly surroundings: TrainingSurroundings;
}

function describeRun(options: TrainerOptions, { data, backend, trainee, surroundings }: RunParts): RunConfig {
  const { folder, manifestHash, classNames, decibelRange, splits } = data.dataset;
  const pairs = Object.fromEntries(Object.entries(splits).map(([split, list]) => [split, list.length]));
  return {
    options,
    data: { folder, manifestHash, simulated: data.simulated, classNames, pairs, decibelRange },
    backend: backend.description,
    parameters: trainee.model.parameterCounts(),
    environment: describeEnvironment(dirname(fileURLToPath(import.meta.url)), surroundings.trainerVersion),
    startedAt: surroundings.startedAt.toISOString(),
  };
}

/** Two lines before the first step: what learns from what, and where it goes. */
function introduce(run: RunContext, { data, backend }: RunParts, total: number): void {
  const { options, dataset, totalSteps } = run;
  const { train, validation } = dataset.splits;
  const millions = (total / 1e6).toFixed(1);
  run.progress.note(
    `Data: ${train.length} training and ${validation.length} validation pairs of ${dataset.classNames.length} instruments` +
      `${data.simulated ? ' (simulated)' : ''} in ${dataset.folder}`,
  );
  run.progress.note(
    `Training CMCGAN, width ${options.width} (${millions} million weights), ${totalSteps} step${totalSteps === 1 ? '' : 's'} of ` +
      `${options.batchSize * options.accumulate} pairs${options.maxMinutes === null ? '' : `, at most ${options.maxMinutes} minutes,`} ` +
      `on ${backend.description}, into ${run.folder.path}`,
  );
}

/** Puts a run together, to go on from `position`, and writes its config.json; nothing is trained yet. */
export async function prepareRun(options: TrainerOptions, parts: RunParts, position: Readonly<RunPosition>): Promise<RunContext> {
  const { folder, data, trainee, surroundings } = parts;
  const { dataset } = data;
  const config = describeRun(options, parts);
  await writeRunConfig(folder.config, config);
  const steps = stepsPerEpoch(dataset.splits.train.length, options);
  const startMs = surroundings.nowMs() - position.trainedMs;
  const checkpointNames = new Set<string>();
  const run: RunContext = {
    ...surroundings,
    options,
    folder,
    dataset,
    trainee,
    observers: createRunObservers(options),
    log: await openStepLog(folder.log),
    rate: createRateMeter(surroundings.nowMs),
    stepsPerEpoch: steps,
    totalSteps: Math.min(options.epochs * steps, options.maxSteps ?? Infinity),
    startMs,
    endMs: startMs + (options.maxMinutes ?? Infinity) * 60_000,
    checkpointNames,
    alsoSaveAs: (name) => checkpointNames.add(name),
  };
  introduce(run, parts, config.parameters.total);
  return run;
}
