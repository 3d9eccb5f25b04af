import type { DecibelRange } from '@cmcgan/audio-features';
import type { output } from 'zod/mini';
import { parseOptions } from '@cmcgan/options';
import type { TrainerOptions } from '../../trainer';
import { trainingOptionsSchema, type TrainingOptions } from '../../training-options';
import type { BatchSource, PairSource } from '../../training-batches';
import { ALONE, type Communicator } from '../../communicator';
import type { VerifiedCheckpoint } from '../checkpoint/verify-checkpoint';
import type { TrainingObserver } from './training-observer';

/** Facts about the data that checkpoints record, so that a model can be used with its files alone. */
export interface TrainingDataFacts {
  /** The dB that a sound's -1 and 1 stand for. Left out: those of the model's configuration. */
  readonly decibelRange?: DecibelRange;
  /** By class id. Left out: those of the model's configuration, else none. */
  readonly classNames?: readonly string[];
  /** Identifies the data: a run can only be resumed with the same. Left out: not checked. */
  readonly manifestHash?: string;
}

/** Pairs, such as a `Dataset` of @cmcgan/sub-urmp, or your own batches. */
export type TrainingData = (PairSource | BatchSource) & TrainingDataFacts;

export interface CheckpointOptions extends NonNullable<TrainingOptions['checkpoints']> {
  /** Folder for the checkpoints: `last`, and those that are kept. */
  readonly folder: string;
  /** true: resume from the newest intact checkpoint in the folder, if there is one; or the checkpoint to resume from. Default: false. */
  readonly resume?: boolean | VerifiedCheckpoint;
}

/** The options of {@link trainingOptionsSchema}, and those that JSON can't represent. */
export interface TrainOptions extends Omit<TrainingOptions, 'checkpoints'>, Pick<TrainerOptions, 'model'> {
  readonly data: TrainingData;
  /** Left out: nothing is saved. */
  readonly checkpoints?: CheckpointOptions;
  readonly observers?: readonly TrainingObserver[];
  /** Prepares a new run's model before its first step. Must be deterministic, since a run that is killed during it repeats it. */
  readonly prepare?: () => Promise<void>;
  /**
   * The processes that train together, each of which calls `train` with the same options: every one takes its share of the `accumulate` passes
   * of an update, by default one each. Rank 0 alone notifies observers and saves. Left out: this process alone.
   */
  readonly communicator?: Communicator;
  /** When aborted, on any rank, the run stops after the current step and saves. */
  readonly signal?: AbortSignal;
  /** A monotonic clock in milliseconds, `() => performance.now()`. Left out: nothing is timed. */
  readonly nowMs?: () => number;
  /** Receives warnings: a damaged checkpoint that was skipped, state that starts afresh. */
  readonly onWarning?: (message: string) => void;
}

const CHOSEN = Object.keys(trainingOptionsSchema.shape) as (keyof TrainingOptions)[];
const KNOWN: readonly string[] = [
  'model',
  'data',
  ...CHOSEN,
  'observers',
  'prepare',
  'communicator',
  'signal',
  'nowMs',
  'onWarning',
];

function rule(holds: boolean, name: string, must: string, got: unknown): void {
  if (!holds) throw new Error(`train: ${name} must ${must}, got ${String(got)}`);
}

type Chosen = output<typeof trainingOptionsSchema>;

/** The options of `train`, with all defaults filled in. */
export type ResolvedTrainOptions = Omit<TrainOptions, keyof Chosen> &
  Omit<Chosen, 'checkpoints'> & {
    readonly checkpoints?: CheckpointOptions & Chosen['checkpoints'];
    readonly communicator: Communicator;
  };

/** Fills in defaults. Throws if an option is unknown, out of range, or lacks another that it needs. */
export function resolveTrainOptions(options: TrainOptions): ResolvedTrainOptions {
  const { data, batchSize, sampling = 'shuffled', maxMinutes, checkpoints, nowMs } = options;
  const unknown = Object.keys(options).find((name) => !KNOWN.includes(name));
  if (unknown !== undefined) {
    throw new Error(`train: there is no option ${unknown}; the options are ${KNOWN.join(', ')}`);
  }
  if ('batches' in data) {
    rule(batchSize === undefined, 'batchSize', 'be left out where data makes its own batches', batchSize);
    rule(sampling === 'shuffled', 'sampling', 'be left out where data makes its own batches', sampling);
  } else rule(batchSize !== undefined, 'batchSize', 'be a whole number of at least 2', batchSize);
  for (const [name, minutes] of Object.entries({
    maxMinutes,
    'checkpoints.everyMinutes': checkpoints?.everyMinutes,
    'checkpoints.minMinutes': checkpoints?.minMinutes || null,
  })) {
    if (minutes != null) rule(nowMs !== undefined, name, 'come with the clock nowMs, such as () => performance.now()', minutes);
  }
  const { folder, resume, ...saving } = checkpoints ?? { folder: '' };
  const given = { ...Object.fromEntries(CHOSEN.map((name) => [name, options[name]])), checkpoints: saving };
  const { checkpoints: saved, ...chosen } = parseOptions('train', trainingOptionsSchema, given);
  const { communicator = ALONE, accumulate: passes } = options;
  const { size } = communicator;
  if (passes !== undefined)
    rule(passes >= size, 'accumulate', `be at least the number of ranks (${size}), which share these passes`, passes);
  const accumulate = passes ?? size;
  return { ...options, ...chosen, accumulate, communicator, checkpoints: checkpoints && { folder, resume, ...saved } };
}
