import * as tf from '@tensorflow/tfjs-core';
import { it } from 'vitest';
import { finishReference } from '../../src/wasm/epilogue.reference';
import { convolutionReference } from '../../src/wasm/kernels/convolutions.reference';
import { expectClose } from './expect-close';
import { on, read } from './on-backend';
import type { ConformanceBackend } from './on-backend';
import { randomTensor } from './random-tensor';

/** [batch, height, width, inChannels, outChannels, filter size, strides]: short sums, long ones, minimal filtering, blocks of outputs. */
type FusedCase = [number, number, number, number, number, number, number];
const SHAPES: FusedCase[] = [
  [2, 9, 7, 1, 10, 3, 1],
  [1, 12, 11, 3, 16, 5, 2],
  [3, 6, 5, 40, 18, 3, 1],
  [5, 7, 7, 130, 12, 2, 2],
  [4, 24, 40, 16, 32, 5, 2],
  [4, 6, 6, 20, 9, 1, 1],
  [2, 9, 14, 6, 3, 5, 1],
  [3, 8, 37, 4, 1, 3, 2],
];
const ACTIVATIONS = ['linear', 'relu', 'relu6', 'elu', 'leakyrelu', 'prelu', 'sigmoid'] as const;

/** fused.conv2d of TensorFlow.js itself, as `layers.conv2d` calls it. */
export function defineFusedConvolution(backend: ConformanceBackend): void {
  it.each(SHAPES.flatMap((shape) => ACTIVATIONS.map((activation) => [...shape, activation] as const)))(
    'fused.conv2d %j %j %j %j→%j, %jx, strides %j, %s',
    on(backend, async (batch, height, width, ci, co, size, strides, activation) => {
      const info = tf.backend_util.computeConv2DInfo([batch, height, width, ci], [size, size, ci, co], strides, 1, 'same');
      const [x, filter] = [randomTensor(info.inShape, 1), randomTensor(info.filterShape, 2)] as [tf.Tensor4D, tf.Tensor4D];
      const [bias, slopes] = [tf.mul(randomTensor([co], 3), 5), randomTensor([co], 4)];
      const isPrelu = activation === 'prelu';
      const options = { x, filter, strides, pad: 'same', bias, activation, leakyreluAlpha: 0.3 } as const;
      const y = tf.fused.conv2d({ ...options, ...(isPrelu && { preluActivationWeights: slopes }) });
      const [xs, filters, biases, slope] = await read([x, filter, bias, slopes]);
      const sums = convolutionReference(info, xs, filters);
      const expected = finishReference(sums, biases, activation, isPrelu ? slope : [0.3]);
      // An activation passes on the error of its sum, so errors are measured relative to the sums.
      await expectClose(y, expected, 1e-5, Math.max(...sums.map(Math.abs)));
    }),
  );

  it(
    'fused.conv2d accepts a scalar bias and slopes of a whole image, and has gradients',
    on(backend, async () => {
      const info = tf.backend_util.computeConv2DInfo([2, 5, 5, 2], [3, 3, 2, 4], 1, 1, 'valid');
      const [x, filter] = [randomTensor(info.inShape, 1), randomTensor(info.filterShape, 2)] as [tf.Tensor4D, tf.Tensor4D];
      const [bias, slopes] = [tf.scalar(0.5), randomTensor([3, 3, 4], 4)];
      const options = { x, filter, strides: 1, pad: 'valid', bias, activation: 'prelu' } as const;
      const y = tf.fused.conv2d({ ...options, preluActivationWeights: slopes });
      const [xs, filters, slope] = await read([x, filter, slopes]);
      const sums = convolutionReference(info, xs, filters).map((sum) => sum + 0.5);
      await expectClose(y, sums.map((sum, i) => (sum < 0 ? sum * slope[i % 36] : sum)), 1e-5); // prettier-ignore
      const f = (a: tf.Tensor, b: tf.Tensor, c: tf.Tensor) =>
        tf.fused.conv2d({ x: a as tf.Tensor4D, filter: b as tf.Tensor4D, strides: 1, pad: 'valid', bias: c });
      const [, , dBias] = tf.grads(f)([x, filter, randomTensor([4], 5)], tf.onesLike(y));
      await expectClose(dBias, [18, 18, 18, 18], 1e-6);
    }),
  );
}
