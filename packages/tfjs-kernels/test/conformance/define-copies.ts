import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { on } from './on-backend';
import type { ConformanceBackend } from './on-backend';
import { randomTensor } from './random-tensor';

/** Concatenation and splitting along every axis, of every type, on one backend. */
export function defineCopies(backend: ConformanceBackend): void {
  it.each([0, 1, 2])(
    `${backend.name}: concat and split along axis %d`,
    on(backend, async (axis: number) => {
      const shape = [41, 33, 31]; // large enough for our kernel, along no axis a multiple of a vector
      for (const dtype of ['float32', 'int32', 'bool'] as const) {
        const whole = tf.cast(tf.greater(randomTensor(shape, 1), 0), dtype);
        const numbers = dtype === 'bool' ? whole : tf.cast(tf.mul(randomTensor(shape, 2), 1000), dtype);
        const values = await numbers.data();
        const parts = tf.split(numbers, [1, shape[axis] - 5, 4], axis);
        expect(parts.map((part) => part.shape[axis])).toEqual([1, shape[axis] - 5, 4]);
        const second = await tf
          .slice(
            numbers,
            [0, 0, 0].map((_, i) => Number(i === axis)),
            parts[1].shape,
          )
          .data();
        expect(await parts[1].data()).toEqual(second);
        expect(await tf.concat(parts, axis).data()).toEqual(values);
      }
    }),
  );
}
