import type { DecibelRange } from '@cmcgan/audio-features';
import type { AugmentationName } from '../../augmentation/augmentations';
import type { TrainerOptions } from '../../trainer';
import type { BatchSource, PairSource } from '../../training-batches';
import type { VerifiedCheckpoint } from '../checkpoint/verify-checkpoint';
import type { TrainingObserver } from './training-observer';

/** What is known of the data, for the checkpoints: a model's files are then all that is needed to use it. */
export interface TrainingDataFacts {
  /** The dB that a sound's -1 and 1 stand for. Left out: those of the model's configuration. */
  readonly decibelRange?: DecibelRange;
  /** By class id. Left out: those of the model's configuration, else none. */
  readonly classNames?: readonly string[];
  /** Tells these data from others: a run is resumed with the same only. Left out: it is not checked. */
  readonly manifestHash?: string;
}

/** Pairs, or batches of one's own. A `Dataset` of @cmcgan/sub-urmp is such. */
export type TrainingData = (PairSource | BatchSource) & TrainingDataFacts;

export interface CheckpointOptions {
  /** The folder that checkpoints lie in: `last`, and those that are kept. */
  readonly folder: string;
  /** true: from the newest whole checkpoint of the folder, or from the start where there is none; or from the one given. Default: false. */
  readonly resume?: boolean | VerifiedCheckpoint;
  /** Minutes, by `nowMs`, after which one is saved inside an epoch too. null, the default: at the end of each epoch only. */
  readonly everyMinutes?: number | null;
  /** One is kept every so many epochs, as `epoch-NNN`; 0, the default: only `last`. */
  readonly keepEveryEpochs?: number;
}

export interface TrainOptions extends TrainerOptions {
  readonly data: TrainingData;
  readonly epochs: number;
  /** Pairs in one pass, at least 2. For pairs; batches of one's own have the size that they have. */
  readonly batchSize?: number;
  /** Passes whose gradients are averaged into one update. Default: 1. */
  readonly accumulate?: number;
  /** Stops after so many steps, if the epochs don't end sooner. */
  readonly maxSteps?: number | null;
  /** Stops after the step in which so many minutes of training have passed, by `nowMs`. */
  readonly maxMinutes?: number | null;
  /** How the real samples are varied. Default: 'none'. */
  readonly augmentation?: AugmentationName;
  /** Size of a loss that counts as diverged; null, the default: only NaN and infinity do. */
  readonly lossLimit?: number | null;
  /** Left out: nothing is saved. */
  readonly checkpoints?: CheckpointOptions;
  readonly observers?: readonly TrainingObserver[];
  /** What has to be done to a new run's model before its first step. Deterministic: a run that is killed in it does it again. */
  readonly prepare?: () => Promise<void>;
  /** Stops the run after the current step, and saves. */
  readonly signal?: AbortSignal;
  /** A monotonic clock in milliseconds, `() => performance.now()`. Left out: nothing is timed. */
  readonly nowMs?: () => number;
  /** Told what is worth knowing and no error: a damaged checkpoint that was passed over, state that starts afresh. */
  readonly onWarning?: (message: string) => void;
}

/** Every option, so that a misspelt one is told. */
const KNOWN: Readonly<Record<keyof TrainOptions, true>> = {
  ...{ model: true, data: true, seed: true, epochs: true, batchSize: true, accumulate: true, maxSteps: true, maxMinutes: true },
  ...{ step: true, optimizers: true, schedule: true, averageDecay: true, augmentation: true, lossLimit: true },
  ...{ checkpoints: true, observers: true, prepare: true, signal: true, nowMs: true, onWarning: true },
};

function rule(holds: boolean, name: string, must: string, got: unknown): void {
  if (!holds) throw new Error(`train: ${name} must ${must}, got ${String(got)}`);
}

const isCount = (value: unknown, least = 1) => Number.isInteger(value) && (value as number) >= least;

/** Throws where an option is unknown, out of range, or lacks another. */
export function assertTrainOptions(options: TrainOptions): void {
  const { data, seed, epochs, batchSize, accumulate = 1, maxSteps, maxMinutes, averageDecay, checkpoints, nowMs } = options;
  const unknown = Object.keys(options).find((name) => !Object.hasOwn(KNOWN, name));
  if (unknown !== undefined) {
    throw new Error(`train: there is no option ${unknown}; those that there are: ${Object.keys(KNOWN).join(', ')}`);
  }
  rule(isCount(seed, 0), 'seed', 'be a whole number of at least 0', seed);
  rule(isCount(epochs), 'epochs', 'be a whole number of at least 1', epochs);
  rule(isCount(accumulate), 'accumulate', 'be a whole number of at least 1', accumulate);
  rule(maxSteps == null || isCount(maxSteps), 'maxSteps', 'be a whole number of at least 1', maxSteps);
  rule(
    averageDecay == null || (averageDecay >= 0 && averageDecay < 1),
    'averageDecay',
    'be at least 0 and below 1',
    averageDecay,
  );
  if ('batches' in data) rule(batchSize === undefined, 'batchSize', 'be left out where data makes its own batches', batchSize);
  else rule(isCount(batchSize, 2), 'batchSize', 'be a whole number of at least 2', batchSize);
  for (const [name, minutes] of Object.entries({ maxMinutes, 'checkpoints.everyMinutes': checkpoints?.everyMinutes })) {
    if (minutes == null) continue;
    rule(minutes > 0, name, 'be a number above 0', minutes);
    rule(nowMs !== undefined, name, 'come with the clock nowMs, such as () => performance.now()', minutes);
  }
}
