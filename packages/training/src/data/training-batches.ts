import { tensor4d, type Tensor4D } from '@tensorflow/tfjs-core';
import { batches, type Batch, type Dataset, type UnreadablePairs } from '@cmcgan/sub-urmp';
import type { TensorBatch } from '../step/tensor-batch';

export interface TrainingBatchesOptions {
  readonly batchSize: number;
  readonly accumulate: number;
  readonly seed: number;
  /** From 1. */
  readonly epoch: number;
  /** Groups of the epoch that have been used already. */
  readonly firstGroup: number;
  readonly unreadable: UnreadablePairs;
}

/** One epoch of the training split from `firstGroup` on, as groups of `accumulate` batches: one group an update. Whole groups only. */
export async function* trainingBatches(dataset: Dataset, options: TrainingBatchesOptions): AsyncGenerator<Batch[]> {
  const { batchSize, accumulate, seed, epoch, firstGroup, unreadable } = options;
  let group: Batch[] = [];
  for await (const batch of batches(dataset, {
    split: 'train',
    batchSize,
    seed,
    epoch,
    start: firstGroup * accumulate,
    unreadable,
  })) {
    group.push(batch);
    if (group.length < accumulate) continue;
    yield group;
    group = [];
  }
}

/** Runs `use` with the batches as tensors on the backend, and disposes of them after. */
export async function withTensors<T>(group: readonly Batch[], use: (tensors: TensorBatch[]) => Promise<T>): Promise<T> {
  const tensors = group.map(toTensorBatch);
  try {
    return await use(tensors);
  } finally {
    for (const { images, sounds } of tensors) {
      images.dispose();
      sounds.dispose();
    }
  }
}

function toTensorBatch({ images, sounds, wrongSounds, wrongImages, pairs }: Batch): TensorBatch {
  return { images: imageTensor(images, pairs.length), sounds: soundTensor(sounds, pairs.length), wrongSounds, wrongImages };
}

/** Images in [-1, 1] as a tensor [B, 128, 128, 3]. */
export function imageTensor(images: Float32Array, count: number): Tensor4D {
  return tensor4d(images, [count, 128, 128, 3]);
}

/** Sounds in [-1, 1] as a tensor [B, 128, 32, 1]. */
export function soundTensor(sounds: Float32Array, count: number): Tensor4D {
  return tensor4d(sounds, [count, 128, 32, 1]);
}
