import type { Tensor4D } from '@tensorflow/tfjs-core';

/** One (micro-)batch on the backend. The caller makes the tensors and disposes of them after `run` has resolved. */
export interface TensorBatch {
  /** Real images, [B, 128, 128, 3] in [-1, 1]. */
  images: Tensor4D;
  /** Real sounds, [B, 128, 32, 1] in [-1, 1]; row i belongs to image i. */
  sounds: Tensor4D;
  /** For sample i the index, in this batch, of a sample of another instrument: its sound is the wrong one of Eq. 1. */
  wrongSounds: ArrayLike<number>;
  /** For sample i the index, in this batch, of a sample of another instrument: its image is the wrong one of Eq. 1. */
  wrongImages: ArrayLike<number>;
}

/** Throws unless there is a batch, and all have as many images, sounds and wrong ones, and point inside themselves. */
export function assertBatches(batches: readonly TensorBatch[]): void {
  if (batches.length === 0) throw new Error('run: batches must hold at least one batch, got none');
  for (const { images, sounds, wrongSounds, wrongImages } of batches) {
    const size = images.shape[0];
    if (sounds.shape[0] !== size) throw new Error(`run: sounds must be as many as images (${size}), got ${sounds.shape[0]}`);
    for (const [name, indices] of Object.entries({ wrongSounds, wrongImages })) {
      const inside = (index: number, sample: number) => Number.isInteger(index) && index >= 0 && index < size && index !== sample;
      if (indices.length !== size || !Array.from(indices).every(inside)) {
        throw new Error(`run: ${name} must point each of ${size} samples at another one, got ${Array.from(indices).join(', ')}`);
      }
    }
  }
}
