import { batches, type Dataset, type Sample, type Sampling } from '@cmcgan/sub-urmp';
import { dispose, tensor4d, type Tensor4D } from '@tensorflow/tfjs-core';

/** A batch of B real pairs, such as those of @cmcgan/sub-urmp. */
export interface TrainingBatch {
  /** [B, 128, 128, 3] in [-1, 1]. */
  readonly images: Float32Array;
  /** [B, 128, 32, 1] in [-1, 1]; sound i belongs to image i. */
  readonly sounds: Float32Array;
  /** The sounds that the encoders get in place of `sounds`, which the losses compare with; left out: the same. */
  readonly encoderSounds?: Float32Array;
  /** The same for images. */
  readonly encoderImages?: Float32Array;
  /** The sounds that the consistency loss compares with in place of `sounds`, such as those of `similarMeans`; left out: the same. */
  readonly targetSounds?: Float32Array;
  /** The same for images. */
  readonly targetImages?: Float32Array;
  /** For sample i the index, in this batch, of a sample of another class: its sound is the wrong one of Eq. 1. */
  readonly wrongSounds: ArrayLike<number>;
  /** The same for images. */
  readonly wrongImages: ArrayLike<number>;
  /** The class of each pair, counted from 0, for `classification`. */
  readonly classIds?: ArrayLike<number>;
  /** Ids of the pairs, for messages. */
  readonly pairs?: readonly { readonly id: string }[];
}

/** A (micro-)batch as tensors. The caller creates them and disposes of them after `run` has resolved. */
export interface TensorBatch {
  /** Real images, [B, 128, 128, 3] in [-1, 1]. */
  images: Tensor4D;
  /** Real sounds, [B, 128, 32, 1] in [-1, 1]; row i belongs to image i. */
  sounds: Tensor4D;
  /** What the encoders get in place of `sounds`, of the same shape: the same sounds, varied. Left out: `sounds`. */
  encoderSounds?: Tensor4D;
  /** The same for images. */
  encoderImages?: Tensor4D;
  /** What the consistency loss compares with in place of `sounds`, of the same shape. Left out: `sounds`. */
  targetSounds?: Tensor4D;
  /** The same for images. */
  targetImages?: Tensor4D;
  /** For sample i the index, in this batch, of a sample of another instrument: its sound is the wrong one of Eq. 1. */
  wrongSounds: ArrayLike<number>;
  /** For sample i the index, in this batch, of a sample of another instrument: its image is the wrong one of Eq. 1. */
  wrongImages: ArrayLike<number>;
  /** The instrument of each pair, counted from 0; needed for `classification`. */
  classIds?: ArrayLike<number>;
}

/** A source of batches, in the same order each time they are requested. */
export interface BatchSource {
  readonly batchesPerEpoch: number;
  /** The batches of an epoch (counted from 1) without the first `start`, since a resumed run may continue in the middle of an epoch. */
  batches(epoch: number, start: number): AsyncIterable<TrainingBatch>;
  /**
   * The same, but only those that `isOwn` accepts by their number in the epoch, from 0: one process's share. Left out: every process loads
   * all batches and leaves out those of the others.
   */
  ownBatches?(epoch: number, start: number, isOwn: (batch: number) => boolean): AsyncIterable<TrainingBatch>;
}

/** A source of pairs to be shuffled, mismatched and batched, such as a `Dataset` of @cmcgan/sub-urmp. */
export interface PairSource<Pair extends TrainingPair = TrainingPair> {
  readonly splits: { readonly train: readonly Pair[] };
  /** The pair's image, Float32Array [128, 128, 3], and its sound, [128, 32], both in [-1, 1]. */
  load(pair: Pair): Promise<Pick<Sample, 'image' | 'sound'>>;
}

/** A pair, identified by its id. Wrong pairs combine two classes. */
export interface TrainingPair {
  readonly id: string;
  /** Counted from 0. */
  readonly classId: number;
}

export interface BatchPairsOptions {
  batchSize: number;
  seed: number;
  /** How often an epoch draws the pairs of each class. */
  sampling?: Sampling;
}

/** Batches of the training pairs, reshuffled each epoch, each with at least two classes, which mismatched pairs (Eq. 1) need. */
export function batchPairs(data: PairSource, { batchSize, seed, sampling = 'shuffled' }: BatchPairsOptions): BatchSource {
  const dataset = data as unknown as Dataset; // `batches` reads no more of it than this
  return {
    batchesPerEpoch: Math.floor(data.splits.train.length / batchSize),
    batches: (epoch, start) => batches(dataset, { split: 'train', batchSize, seed, epoch, sampling, start }),
    ownBatches: (epoch, start, only) => batches(dataset, { split: 'train', batchSize, seed, epoch, sampling, start, only }),
  };
}

export interface Groups {
  /** Batches per update, over all ranks. */
  readonly accumulate: number;
  readonly epoch: number;
  readonly firstGroup: number;
  /** Which batches of each group are wanted: `count` of them, from `first` on. */
  readonly share: { readonly first: number; readonly count: number };
}

/** Groups an epoch's batches by `accumulate`, one group per update, without the first `firstGroup` groups, and yields a share of each. */
export async function* groupBatches(source: BatchSource, groups: Groups): AsyncGenerator<TrainingBatch[]> {
  const { accumulate, firstGroup, share } = groups;
  let group: TrainingBatch[] = [];
  for await (const batch of ownBatches(source, groups, firstGroup * accumulate)) {
    group.push(batch);
    if (group.length < share.count) continue;
    yield group;
    group = [];
  }
}

async function* ownBatches(source: BatchSource, { accumulate, epoch, share }: Groups, start: number) {
  const isOwn = (batch: number) => {
    const place = (batch % accumulate) - share.first;
    return place >= 0 && place < share.count;
  };
  if (share.count < accumulate && source.ownBatches) return yield* source.ownBatches(epoch, start, isOwn);
  let number = start;
  for await (const batch of source.batches(epoch, start)) if (isOwn(number++)) yield batch;
}

/** Runs `use` with the batches as tensors on the backend, and disposes of them afterwards. */
export async function withTensors<T>(group: readonly TrainingBatch[], use: (tensors: TensorBatch[]) => Promise<T>): Promise<T> {
  const tensors = group.map(toTensorBatch);
  try {
    return await use(tensors);
  } finally {
    dispose(tensors.map(samplesOf));
  }
}

const SAMPLES = ['images', 'sounds', 'encoderImages', 'encoderSounds', 'targetImages', 'targetSounds'] as const;
type Samples = Pick<TensorBatch, (typeof SAMPLES)[number]>;

/** The images and sounds of a batch, those that it has. */
export function samplesOf(batch: TensorBatch): Samples {
  const entries = SAMPLES.flatMap((name) => (batch[name] ? [[name, batch[name]] as const] : []));
  return Object.fromEntries(entries) as unknown as Samples;
}

function toTensorBatch({ images, sounds, ...rest }: TrainingBatch): TensorBatch {
  const { encoderImages, encoderSounds, targetImages, targetSounds } = rest;
  const { wrongSounds, wrongImages, classIds } = rest;
  const count = wrongSounds.length;
  return {
    ...{ images: imageTensor(images, count), sounds: soundTensor(sounds, count), wrongSounds, wrongImages, classIds },
    ...(encoderImages && { encoderImages: imageTensor(encoderImages, count) }),
    ...(encoderSounds && { encoderSounds: soundTensor(encoderSounds, count) }),
    ...(targetImages && { targetImages: imageTensor(targetImages, count) }),
    ...(targetSounds && { targetSounds: soundTensor(targetSounds, count) }),
  };
}

/** Images in [-1, 1] as a tensor [B, 128, 128, 3]. */
export function imageTensor(images: Float32Array, count: number): Tensor4D {
  return tensor4d(images, [count, 128, 128, 3]);
}

/** Sounds in [-1, 1] as a tensor [B, 128, 32, 1]. */
export function soundTensor(sounds: Float32Array, count: number): Tensor4D {
  return tensor4d(sounds, [count, 128, 32, 1]);
}

/**
 * Throws unless there is a batch, each has as many sounds and wrong samples as images, indices point inside the batch, and each pair has one of
 * the classes, if any are told apart.
 */
export function assertBatches(batches: readonly TensorBatch[], classes: number): void {
  if (batches.length === 0) throw new Error('run: batches must hold at least one batch, got none');
  for (const batch of batches) {
    const { images, sounds, wrongSounds, wrongImages, classIds = [] } = batch;
    const size = images.shape[0];
    if (sounds.shape[0] !== size) throw new Error(`run: sounds must be as many as images (${size}), got ${sounds.shape[0]}`);
    for (const [name, tensor] of Object.entries(samplesOf(batch))) {
      const [like, { shape }] = /images$/i.test(name) ? ['images', images] : ['sounds', sounds];
      if (tensor.shape.join() !== shape.join()) {
        throw new Error(`run: ${name} must have the shape of ${like}, [${shape}], got [${tensor.shape}]`);
      }
    }
    for (const [name, indices] of Object.entries({ wrongSounds, wrongImages })) {
      const inside = (index: number, sample: number) => Number.isInteger(index) && index >= 0 && index < size && index !== sample;
      if (indices.length !== size || !Array.from(indices).every(inside)) {
        throw new Error(`run: ${name} must point each of ${size} samples at another one, got ${Array.from(indices).join(', ')}`);
      }
    }
    const isClass = (id: number) => Number.isInteger(id) && id >= 0 && id < classes;
    if (classes > 0 && (classIds.length !== size || !Array.from(classIds).every(isClass))) {
      const got = classIds.length === 0 ? 'none' : Array.from(classIds).join(', ');
      throw new Error(`run: classIds must give each of ${size} pairs a class from 0 to ${classes - 1}, got ${got}`);
    }
  }
}
