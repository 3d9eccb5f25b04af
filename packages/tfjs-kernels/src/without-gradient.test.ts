import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-layers';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, expect, it } from 'vitest';
import { withoutGradient } from './without-gradient';

beforeAll(() => tf.setBackend('cpu'));

it('has the same values, which outlive the original, and no gradient', () => {
  const x = tf.tensor1d([2, 3]);
  const slope = tf.grad((input: tf.Tensor) => tf.sum(tf.mul(input, withoutGradient(tf.mul(input, 5)))))(x);
  expect([...slope.dataSync()]).toEqual([10, 15]); // 20 and 30 with the other factor's
  const before = tf.memory();
  const shared = withoutGradient(x);
  expect(tf.memory().numDataBuffers).toBe(before.numDataBuffers);
  x.dispose();
  expect([...shared.dataSync()]).toEqual([2, 3]);
  shared.dispose();
  expect(tf.memory().numDataBuffers).toBe(before.numDataBuffers - 1);
});
