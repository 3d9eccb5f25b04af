import { tensor } from '@tensorflow/tfjs-core';
import type { Tensor } from '@tensorflow/tfjs-core';

/** `count` numbers in [-1, 1), determined by the seed. */
export function randomNumbers(count: number, seed: number): Float32Array {
  // A linear congruential generator is random enough to tell indices apart.
  let state = seed >>> 0;
  return Float32Array.from({ length: count }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 31 - 1;
  });
}

/** A tensor of {@link randomNumbers}. */
export const randomTensor = (shape: readonly number[], seed: number): Tensor =>
  tensor(randomNumbers(shape.reduce((a, b) => a * b, 1), seed), [...shape]); // prettier-ignore
