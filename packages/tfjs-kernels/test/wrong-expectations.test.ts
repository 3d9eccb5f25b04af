// What tests of tfjs-core expect wrongly (scripts/core-tests/wrong-expectations.mjs), against PyTorch: ours must be PyTorch's.
import '@tensorflow/tfjs-layers';
import * as tf from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, it } from 'vitest';
import { useWasmKernels } from '../src/wasm/index';
import type { WasmKernels } from '../src/wasm/index';
import { expectClose } from './conformance/expect-close';
import torch from './fixtures/wrong-expectations.json';

let kernels: WasmKernels;
beforeAll(async () => {
  kernels = await useWasmKernels({ threads: 1, variant: 'repeatable' });
});
afterAll(() => kernels.dispose());

it("mirrorPad's gradient adds those of mirrored values", async () => {
  const dy = tf.tensor1d([10, 20, 30, 40, 50, 60]);
  const dx = tf.grad((x) => tf.mirrorPad(x, [[2, 1]], 'reflect'))(tf.tensor1d([1, 2, 3]), dy); // prettier-ignore
  await expectClose(dx, torch.mirrorPad, 1e-6);
});

it("avgPool's gradient divides by the pixels of a window, without padding, as its forward pass does", async () => {
  const x = tf.tensor3d([0, 1, 2, 3, 4, 5, 6, 7, 8], [3, 3, 1]);
  const pad = [[0, 0], [1, 2], [0, 1], [0, 0]] as tf.backend_util.ExplicitPadding; // prettier-ignore
  const dx = tf.grad((image) => tf.avgPool(image as tf.Tensor3D, 3, 1, pad))(
    x,
    tf.tensor3d([0, 3, 0, 6, 0, 9, 0, 12], [4, 2, 1]),
  );
  await expectClose(dx, torch.avgPool, 1e-6);
});

it('a dilated depthwise convolution has gradients', async () => {
  const numbered = (shape: number[]): tf.Tensor => tf.reshape(tf.div(tf.range(0, tf.util.sizeFromShape(shape)), 10), shape);
  const convolve = (x: tf.Tensor, w: tf.Tensor): tf.Tensor =>
    tf.depthwiseConv2d(x as tf.Tensor4D, w as tf.Tensor4D, 1, 'valid', 'NHWC', 2);
  const [dx, dw] = tf.grads(convolve)([numbered([2, 5, 5, 3]), numbered([2, 2, 3, 2])], numbered([2, 3, 3, 6]));
  await expectClose(dx, torch.dilatedDepthwise.x, 1e-5);
  await expectClose(dw, torch.dilatedDepthwise.filter, 1e-5);
});
