import { sampleTensor, type LabelledPair } from '@cmcgan/classifier';
import { dispose, type Tensor, type Tensor4D } from '@tensorflow/tfjs-core';
import type { EvaluationData } from '../evaluation-data';

/** A batch of real samples with the ids of their pairs. */
export interface RealBatch {
  readonly ids: readonly string[];
  /** [B, 128, 128, 3] */
  readonly images: Tensor4D;
  /** [B, 128, 32, 1] */
  readonly sounds: Tensor4D;
}

/** Samples per batch: limits memory and does not affect the result. */
const BATCH_SIZE = 16;

/** Calls `use` with one batch of pairs after another, in order, and disposes of each batch. `start` is the index of its first pair. */
export async function eachRealBatch(
  data: Pick<EvaluationData, 'load'>,
  pairs: readonly LabelledPair[],
  use: (batch: RealBatch, start: number) => Promise<void>,
): Promise<void> {
  for (let start = 0; start < pairs.length; start += BATCH_SIZE) {
    const chunk = pairs.slice(start, start + BATCH_SIZE);
    const samples = await Promise.all(chunk.map((pair) => data.load(pair)));
    const images = sampleTensor(
      samples.map(({ image }) => image),
      'V',
    );
    const sounds = sampleTensor(
      samples.map(({ sound }) => sound),
      'A',
    );
    try {
      await use({ ids: chunk.map(({ id }) => id), images, sounds }, start);
    } finally {
      dispose([images, sounds]);
    }
  }
}

/** Splits a batch into its samples, or a matrix into its rows: [B, …] as B flat arrays, each with its own memory. */
export async function splitBatch(batch: Tensor): Promise<Float32Array[]> {
  const values = await batch.data<'float32'>();
  const size = values.length / batch.shape[0];
  return Array.from({ length: batch.shape[0] }, (_, i) => values.slice(i * size, (i + 1) * size));
}
