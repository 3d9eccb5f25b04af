import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { clipGradientReference, clipReference } from '../../src/wasm/kernels/clip.reference';
import { expectClose } from './expect-close';
import { on, read } from './on-backend';
import type { ConformanceBackend } from './on-backend';
import { randomTensor } from './random-tensor';

/** Gradients that are computed differently from TensorFlow.js: those of clipping and of fused operations. */
export function defineStockGradients(backend: ConformanceBackend): void {
  defineClips(backend);
  defineFused(backend);
}

function defineClips(backend: ConformanceBackend): void {
  type Limits = Parameters<typeof clipGradientReference>[2];
  const clips: Record<string, [f: (x: tf.Tensor) => tf.Tensor, limits: Limits]> = {
    relu: [tf.relu, { low: 0, high: Infinity, leavesOutLow: true }],
    relu6: [tf.relu6, { low: 0, high: 6, leavesOutLow: true }],
    clipByValue: [(x) => tf.clipByValue(x, -2, 3), { low: -2, high: 3, leavesOutLow: false }],
  };
  it.each(Object.entries(clips))(
    'gradient of %s',
    on(backend, async (_, [f, limits]) => {
      const x = tf.concat([tf.mul(randomTensor([40_003], 1), 10), tf.tensor1d([0, 6, -2, 3, NaN])] as tf.Tensor1D[]);
      const dy = randomTensor(x.shape, 2);
      const { value, grad } = tf.valueAndGrad(f)(x, dy);
      const [xs, dys, ys] = await read([x, dy, value]);
      await expectClose(grad, clipGradientReference(xs, dys, limits), 1e-7);
      expect(ys).toEqual(Float32Array.from(clipReference(xs, limits.low, limits.high)));
    }),
  );
}

/** Names of the kernels that run while `f` does. */
async function kernelsOf(f: () => tf.Tensor): Promise<string[]> {
  const { kernelNames } = await tf.profile(f);
  return kernelNames;
}

function defineFused(backend: ConformanceBackend): void {
  it.each([
    [false, false],
    [false, true],
    [true, false],
    [true, true],
  ])(
    'gradients of fused.matMul, transposed %j, %j',
    on(backend, async (transposeA, transposeB) => {
      const a = randomTensor(transposeA ? [2, 5, 4] : [2, 4, 5], 1);
      const b = randomTensor(transposeB ? [2, 3, 5] : [2, 5, 3], 2);
      const bias = randomTensor([3], 3);
      const dy = randomTensor([2, 4, 3], 4);
      const fused = tf.grads((x, y, z) => tf.fused.matMul({ a: x, b: y, transposeA, transposeB, bias: z }));
      const plain = tf.grads((x, y, z) => tf.add(tf.matMul(x, y, transposeA, transposeB), z));
      const expected = await read(plain([a, b, bias], dy));
      for (const [i, gradient] of fused([a, b, bias], dy).entries()) await expectClose(gradient, expected[i], 1e-6);
    }),
  );

  it(
    'fused operations compute only the requested gradients',
    on(backend, async () => {
      const [x, w] = [randomTensor([2, 6, 6, 2], 1) as tf.Tensor4D, randomTensor([3, 3, 2, 4], 2) as tf.Tensor4D];
      const convolve = (filter: tf.Tensor) => tf.fused.conv2d({ x, filter: filter as tf.Tensor4D, strides: 1, pad: 'same' });
      const kernels = await kernelsOf(() => tf.grad(convolve)(w));
      expect(kernels).toContain('Conv2DBackpropFilter');
      expect(kernels).not.toContain('Conv2DBackpropInput');
      const [a, b] = [randomTensor([4, 5], 3), randomTensor([5, 3], 4)];
      const products = await kernelsOf(() => tf.grad((weights) => tf.fused.matMul({ a, b: weights }))(b));
      expect(products.filter((name) => name === 'BatchMatMul')).toHaveLength(1);
    }),
  );
}
