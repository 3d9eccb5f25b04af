import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { l1Loss } from '../../src/index';
import { l1LossGradientReference, l1LossReference } from '../../src/wasm/kernels/l1-loss.reference';
import { expectClose } from './expect-close';
import { on } from './on-backend';
import type { ConformanceBackend } from './on-backend';
import { randomTensor } from './random-tensor';

/** Shapes of x and target: equal ones, several batches per target, sizes that fill no vector or several tiles. */
const SHAPES: [x: number[], target: number[]][] = [
  [[], []],
  [[7], [7]],
  [
    [3, 1],
    [1, 1],
  ],
  [
    [2, 5, 3],
    [2, 5, 3],
  ],
  [
    [6, 3, 7],
    [2, 3, 7],
  ],
  [
    [1, 1, 1, 2051],
    [1, 1, 1, 2051],
  ],
  [
    [3, 33, 41, 5],
    [3, 33, 41, 5],
  ],
  [
    [4, 31, 37, 9],
    [2, 31, 37, 9],
  ],
  [
    [3, 20_001],
    [1, 20_001],
  ],
];

/** The L1 loss and its gradient against scalar references, on one backend. */
export function defineL1Loss(backend: ConformanceBackend): void {
  describe(`${backend.name}, l1Loss`, () => {
    it.each(SHAPES)(
      'of %j for %j, and its gradient',
      on(backend, async (xShape: number[], targetShape: number[]) => {
        const [x, target] = [randomTensor(xShape, 1), randomTensor(targetShape, 2)];
        const { value, grad } = tf.valueAndGrad((point: tf.Tensor) => tf.mul(3, l1Loss(point, target)))(x);
        const [xs, targets] = [await x.data(), await target.data()];
        await expectClose(value, [3 * l1LossReference(xs, targets)], 2e-6);
        await expectClose(grad, l1LossGradientReference(xs, targets, 3), 1e-6);
      }),
    );

    it(
      'treats the target as constant',
      on(backend, async () => {
        const gradient = tf.grad((x: tf.Tensor) => l1Loss(x, tf.mul(x, 2)))(tf.tensor1d([1, -3, 2, 5]));
        expect([...(await gradient.data())]).toEqual([-0.25, 0.25, -0.25, -0.25]);
      }),
    );

    it(
      'keeps NaN, and is flat where there is no error',
      on(backend, async () => {
        const [x, target] = [tf.tensor1d([1, NaN, -2, 4, 0]), tf.tensor1d([1, 0, 5, -1e10, 0])];
        expect((await l1Loss(x, target).data())[0]).toBeNaN();
        const gradient = await tf
          .grad((point: tf.Tensor) => l1Loss(point, target))(x)
          .data();
        expect([...gradient].map((each) => Math.round(each * 1e6) / 1e6)).toEqual([0, NaN, -0.2, 0.2, 0]);
      }),
    );
  });
}
