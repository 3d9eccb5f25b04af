import '@tensorflow/tfjs-backend-cpu';
import { readFileSync } from 'node:fs';
import { grad, setBackend, tensor1d, tensor2d } from '@tensorflow/tfjs-core';
import type { Tensor2D } from '@tensorflow/tfjs-core';
import { beforeAll, expect, it } from 'vitest';
import { crossEntropy } from './cross-entropy';

beforeAll(() => setBackend('cpu'));

const ids = (...values: number[]) => tensor1d(values, 'int32');

it('is ln C where all classes are equally likely, 0 where the right one is certain', () => {
  expect(crossEntropy(tensor2d([[1, 1, 1, 1]]), ids(2)).dataSync()[0]).toBeCloseTo(Math.log(4), 6);
  expect(crossEntropy(tensor2d([[0, 500, 0]]), ids(1)).dataSync()[0]).toBe(0);
});

it('is what SciPy computes, where exp() would overflow too', () => {
  const url = new URL('../../test/fixtures/metrics.json', import.meta.url);
  const { logits, classes, loss } = JSON.parse(readFileSync(url, 'utf8')).crossEntropy;
  expect(crossEntropy(tensor2d(logits), ids(...classes)).dataSync()[0]).toBeCloseTo(loss, 4);
});

it('has the gradient that differences of it have', () => {
  const values = [0.3, -1.2, 0.8, 2, 0.1, -0.4];
  const at = (flat: number[]) => crossEntropy(tensor2d(flat, [2, 3]), ids(2, 0)).dataSync()[0];
  const gradient = grad((x) => crossEntropy(x as Tensor2D, ids(2, 0)))(tensor2d(values, [2, 3])).dataSync();
  values.forEach((_, i) => {
    const moved = (by: number) => at(values.map((value, j) => (i === j ? value + by : value)));
    expect(gradient[i]).toBeCloseTo((moved(1e-2) - moved(-1e-2)) / 2e-2, 3);
  });
});

it('names a batch that does not fit', () => {
  expect(() => crossEntropy(tensor2d([[1, 2]]), ids(0, 1))).toThrow(
    'crossEntropy: classIds must have one id for each of 1 rows, got 2',
  );
});
