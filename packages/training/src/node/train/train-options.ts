import type { DecibelRange } from '@cmcgan/audio-features';
import type { output } from 'zod/mini';
import { parseOptions } from '@cmcgan/options';
import type { TrainerOptions } from '../../trainer';
import { trainingOptionsSchema, type TrainingOptions } from '../../training-options';
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

export interface CheckpointOptions extends NonNullable<TrainingOptions['checkpoints']> {
  /** The folder that checkpoints lie in: `last`, and those that are kept. */
  readonly folder: string;
  /** true: from the newest whole checkpoint of the folder, or from the start where there is none; or from the one given. Default: false. */
  readonly resume?: boolean | VerifiedCheckpoint;
}

/** What {@link trainingOptionsSchema} lets a caller choose, and what JSON can't hold. */
export interface TrainOptions extends Omit<TrainingOptions, 'checkpoints'>, Pick<TrainerOptions, 'model'> {
  readonly data: TrainingData;
  /** Left out: nothing is saved. */
  readonly checkpoints?: CheckpointOptions;
  readonly observers?: readonly TrainingObserver[];
  /** What has to be done to a new run's model before its first step. Deterministic: a run that is killed in it does it again. */
  readonly prepare?: () => Promise<void>;
  /** Stops the run after the current step, and saves. */
  readonly signal?: AbortSignal;
  /** A monotonic clock in milliseconds, `() => performance.now()`. Left out: nothing is timed. */
  readonly nowMs?: () => number;
  /** Receives what is worth knowing and no error: a damaged checkpoint that was passed over, state that starts afresh. */
  readonly onWarning?: (message: string) => void;
}

const CHOSEN = Object.keys(trainingOptionsSchema.shape) as (keyof TrainingOptions)[];
const KNOWN: readonly string[] = ['model', 'data', ...CHOSEN, 'observers', 'prepare', 'signal', 'nowMs', 'onWarning'];

function rule(holds: boolean, name: string, must: string, got: unknown): void {
  if (!holds) throw new Error(`train: ${name} must ${must}, got ${String(got)}`);
}

type Chosen = output<typeof trainingOptionsSchema>;

/** The options of a training, with a value for each that can be chosen. */
export type ResolvedTrainOptions = Omit<TrainOptions, keyof Chosen> &
  Omit<Chosen, 'checkpoints'> & { readonly checkpoints?: CheckpointOptions & Chosen['checkpoints'] };

/** Adds the values of the options that are left out. Throws where one is unknown, out of range, or lacks another. */
export function resolveTrainOptions(options: TrainOptions): ResolvedTrainOptions {
  const { data, batchSize, maxMinutes, checkpoints, nowMs } = options;
  const unknown = Object.keys(options).find((name) => !KNOWN.includes(name));
  if (unknown !== undefined) {
    throw new Error(`train: there is no option ${unknown}; those that there are: ${KNOWN.join(', ')}`);
  }
  if ('batches' in data) rule(batchSize === undefined, 'batchSize', 'be left out where data makes its own batches', batchSize);
  else rule(batchSize !== undefined, 'batchSize', 'be a whole number of at least 2', batchSize);
  for (const [name, minutes] of Object.entries({ maxMinutes, 'checkpoints.everyMinutes': checkpoints?.everyMinutes })) {
    if (minutes != null) rule(nowMs !== undefined, name, 'come with the clock nowMs, such as () => performance.now()', minutes);
  }
  const { folder, resume, ...saving } = checkpoints ?? { folder: '' };
  const given = { ...Object.fromEntries(CHOSEN.map((name) => [name, options[name]])), checkpoints: saving };
  const { checkpoints: saved, ...chosen } = parseOptions('train', trainingOptionsSchema, given);
  return { ...options, ...chosen, checkpoints: checkpoints && { folder, resume, ...saved } };
}
