import type { Tensor } from '@tensorflow/tfjs-core';
import { expect } from 'vitest';

/** Fails unless all values are within `tolerance`, relative to the largest expected one (or `scale`, if larger); NaN always fails. */
export async function expectClose(tensor: Tensor, expected: ArrayLike<number>, tolerance: number, scale = 1e-3): Promise<void> {
  const actual = await tensor.data();
  expect(actual.length).toBe(expected.length);
  for (let i = 0; i < expected.length; i++) scale = Math.max(scale, Math.abs(expected[i]));
  for (let i = 0; i < actual.length; i++) {
    if (!(Math.abs(actual[i] - expected[i]) <= tolerance * scale)) {
      throw new Error(`value ${i} must be ${expected[i]} within ${tolerance * scale}, got ${actual[i]}`);
    }
  }
}
