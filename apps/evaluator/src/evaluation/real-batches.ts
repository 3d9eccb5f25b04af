import { sampleTensor } from '@cmcgan/classifier';
import type { Dataset, Pair } from '@cmcgan/sub-urmp';
import { dispose } from '@tensorflow/tfjs-core';
import type { RealBatch } from './generate-way';

/** Samples at a time: bounds the memory, not the result. */
const BATCH_SIZE = 16;

/** Calls `use` with batches of pairs in order, one after another, and disposes of each batch. */
export async function eachRealBatch(
  dataset: Pick<Dataset, 'load'>,
  pairs: readonly Pair[],
  use: (batch: RealBatch, pairs: readonly Pair[], done: number) => Promise<void>,
): Promise<void> {
  for (let start = 0; start < pairs.length; start += BATCH_SIZE) {
    const chunk = pairs.slice(start, start + BATCH_SIZE);
    const samples = await Promise.all(chunk.map((pair) => dataset.load(pair)));
    const images = sampleTensor(
      samples.map(({ image }) => image),
      'V',
    );
    const sounds = sampleTensor(
      samples.map(({ sound }) => sound),
      'A',
    );
    try {
      await use({ ids: chunk.map(({ id }) => id), images, sounds }, chunk, start + chunk.length);
    } finally {
      dispose([images, sounds]);
    }
  }
}
