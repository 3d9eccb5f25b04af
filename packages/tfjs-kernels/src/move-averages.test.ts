import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, expect, it } from 'vitest';
import { moveAverages } from './move-averages';
import type { AverageMove } from './move-averages';

beforeAll(() => tf.setBackend('cpu'));

const average = (values: number[], name: string) => tf.variable(tf.tensor1d(values), false, name);

it('stays at a momentum of 1 and becomes the mean at 0', async () => {
  const moved = average([1, 2], 'moved');
  const values = [tf.tensor1d([3, 5]), tf.tensor1d([5, 11])];
  moveAverages([{ average: moved, values }], 1);
  expect(Array.from(await moved.data())).toEqual([1, 2]);
  moveAverages([{ average: moved, values }], 0);
  expect(Array.from(await moved.data())).toEqual([4, 8]);
});

it('does nothing for no averages', () => {
  expect(() => moveAverages([], 0.9)).not.toThrow();
});

it('names what is wrong', () => {
  const checked = average([1, 2], 'checked-average');
  const move =
    (values: AverageMove['values'], momentum = 0.9) =>
    () =>
      moveAverages([{ average: checked, values }], momentum);
  expect(move([tf.ones([2])], 1.5)).toThrow('moveAverages: momentum must be in [0, 1], got 1.5');
  expect(move([tf.ones([2])], NaN)).toThrow('moveAverages: momentum must be in [0, 1], got NaN');
  expect(move([])).toThrow('moveAverages: values must hold at least one tensor for checked-average, got none');
  expect(move([tf.ones([3])])).toThrow('moveAverages: values must be float32 [2] as checked-average, got float32 [3]');
  expect(move([tf.ones([2], 'int32')])).toThrow('got int32 [2]');
  expect(move([{ tensor: tf.ones([4, 3]), row: 0 }])).toThrow('must be float32 [2] as checked-average, got float32 [3]');
  expect(move([{ tensor: tf.ones([4, 2]), row: 4 }])).toThrow(
    'moveAverages: row must be below 4, the rows of the tensor for checked-average, got 4',
  );
});
