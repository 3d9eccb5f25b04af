import '@tensorflow/tfjs-layers';
import * as tf from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { useWasmKernels } from '../src/wasm/index';
import type { WasmKernels } from '../src/wasm/index';
import { randomNumbers, randomTensor } from './conformance/random-tensor';
import { gradientGap } from './finite-differences';

/** Difference quotients of float32 values are exact to about 1e-5 over 0.02, and to 1e-4 over 0.002, which functions with kinks need. */
const TOLERANCE = 5e-3;
const SMOOTH = 1e-2;
const KINKED = 1e-3;

let kernels: WasmKernels;
beforeAll(async () => {
  kernels = await useWasmKernels({ threads: 2, variant: 'repeatable' });
});
afterAll(() => kernels.dispose());

type Function = (x: tf.Tensor) => tf.Tensor;
/** The function to differentiate, and where: at values in [-1, 1), scaled and then moved by `shift`. */
interface Case {
  of: Function;
  shape: number[];
  shift?: number;
  scale?: number;
  step?: number;
}

/** Evenly spaced values in (-1, 1) without 0, in random order: further from one another, and from kinks, than a difference step. */
function spaced(shape: number[]): tf.Tensor {
  const keys = randomNumbers(
    shape.reduce((a, b) => a * b, 1),
    5,
  );
  const ranks = [...keys.keys()].sort((a, b) => keys[a] - keys[b]);
  const values = new Float32Array(keys.length);
  ranks.forEach((index, rank) => (values[index] = (2 * rank + 1.4) / keys.length - 1));
  return tf.tensor(values, shape);
}

/** Weights a fraction of that distance apart, so that their sums with such values differ too. */
const betweenThem = (values: number, shape: number[]): tf.Tensor3D =>
  tf.tensor3d(Float32Array.from({ length: shape[0] * shape[1] * shape[2] }, (_, i) => (0.4 * Math.floor(i / shape[2])) / values), shape as [number, number, number]); // prettier-ignore

/** Batches of two, to detect gradients that ignore all but the first image. */
const picture = [2, 6, 6, 2];
const volume = [2, 3, 4, 4, 2];
const on4D = (f: (x: tf.Tensor4D) => tf.Tensor): Function => f as Function;
const on5D = (f: (x: tf.Tensor5D) => tf.Tensor): Function => f as Function;
const filter = (...shape: number[]): tf.Tensor4D => randomTensor(shape, 7) as tf.Tensor4D;
const image = (...shape: number[]): tf.Tensor4D => randomTensor(shape, 8) as tf.Tensor4D;

const POOLING: Record<string, Case> = {
  'maxPool of mixed signs': { of: on4D((x) => tf.maxPool(x, 2, 2, 'valid')), shape: picture, step: KINKED },
  'maxPool where all are negative': { of: on4D((x) => tf.maxPool(x, 2, 2, 'valid')), shape: picture, shift: -3, step: KINKED },
  'maxPool with overlaps and padding': { of: on4D((x) => tf.maxPool(x, 3, 2, 'same')), shape: picture, step: KINKED },
  'maxPool narrower than its stride': { of: on4D((x) => tf.maxPool(x, [1, 2], [3, 2], 'same')), shape: picture, step: KINKED },
  avgPool: { of: on4D((x) => tf.avgPool(x, 2, 2, 'valid')), shape: picture },
  'avgPool with overlaps and padding': { of: on4D((x) => tf.avgPool(x, 3, 2, 'same')), shape: picture },
  'maxPool3d of mixed signs': { of: on5D((x) => tf.maxPool3d(x, 2, 2, 'valid')), shape: volume, step: KINKED },
  'maxPool3d where all are negative': { of: on5D((x) => tf.maxPool3d(x, 2, 1, 'same')), shape: volume, shift: -3, step: KINKED },
  'avgPool3d with padding': { of: on5D((x) => tf.avgPool3d(x, 2, 2, 'same')), shape: volume },
  'dilation2d at its input': {
    of: on4D((x) => tf.dilation2d(x, betweenThem(144, [2, 2, 2]), 1, 'valid')),
    shape: picture,
    step: KINKED,
    shift: -2,
  },
  'dilation2d at its filter': {
    of: (w) => tf.dilation2d(image(2, 6, 6, 2), w as tf.Tensor3D, 1, 'valid'),
    shape: [2, 2, 2],
    step: KINKED,
  },
};

const CONVOLUTIONS: Record<string, Case> = {
  'conv2d at its input': { of: on4D((x) => tf.conv2d(x, filter(3, 3, 2, 4), 1, 'same')), shape: picture },
  'conv2d at its filter': { of: on4D((w) => tf.conv2d(image(...picture), w, 2, 'same')), shape: [3, 3, 2, 4] },
  'conv2d narrower than its stride': { of: on4D((x) => tf.conv2d(x, filter(2, 1, 2, 3), [5, 2], 'same')), shape: picture },
  'conv2d, dilated, at its input': { of: on4D((x) => tf.conv2d(x, filter(3, 3, 2, 4), 1, 'same', 'NHWC', 2)), shape: picture },
  'conv2d, dilated by 1 and 3, at its filter': {
    of: on4D((w) => tf.conv2d(image(...picture), w, 1, 'same', 'NHWC', [1, 3])),
    shape: [3, 2, 2, 4],
  },
  'conv2d, dilated, explicit padding': { of: on4D((x) => tf.conv2d(x, filter(3, 2, 2, 3), 1, [[0, 0], [1, 2], [0, 3], [0, 0]], 'NHWC', 2)), shape: picture }, // prettier-ignore
  'conv1d, dilated': {
    of: (x) => tf.conv1d(x as tf.Tensor3D, randomTensor([3, 2, 3], 7) as tf.Tensor3D, 1, 'valid', 'NWC', 2),
    shape: [2, 9, 2],
  },
  'fused conv2d, dilated, at its input': {
    of: on4D((x) =>
      tf.fused.conv2d({ x, filter: filter(3, 3, 2, 4), strides: 1, pad: 'same', dilations: 2, bias: randomTensor([4], 3) }),
    ),
    shape: picture,
  },
  'fused conv2d, dilated, at its filter': {
    of: on4D((w) =>
      tf.fused.conv2d({ x: image(...picture), filter: w, strides: 1, pad: 'valid', dilations: 2, bias: randomTensor([4], 3) }),
    ),
    shape: [2, 3, 2, 4],
  },
  'fused conv2d, dilated, at its bias': {
    of: (bias) =>
      tf.fused.conv2d({ x: image(...picture), filter: filter(3, 3, 2, 4), strides: 1, pad: 'same', dilations: 2, bias }),
    shape: [4],
  },
  'fused conv2d at its bias': {
    of: (bias) => tf.fused.conv2d({ x: image(...picture), filter: filter(3, 3, 2, 4), strides: 2, pad: 'same', bias }),
    shape: [4],
  },
  'conv2dTranspose at its input': {
    of: on4D((x) => tf.conv2dTranspose(x, filter(3, 3, 4, 2), [2, 12, 12, 4], 2, 'same')),
    shape: picture,
  },
  'depthwiseConv2d at its input': { of: on4D((x) => tf.depthwiseConv2d(x, filter(3, 3, 2, 2), 1, 'same')), shape: picture },
  'depthwiseConv2d at its filter': { of: on4D((w) => tf.depthwiseConv2d(image(...picture), w, 2, 'same')), shape: [3, 3, 2, 1] },
  'depthwiseConv2d, dilated, at its input': {
    of: on4D((x) => tf.depthwiseConv2d(x, filter(3, 3, 2, 1), 1, 'same', 'NHWC', 2)),
    shape: picture,
  },
  'depthwiseConv2d, dilated, at its filter': {
    of: on4D((w) => tf.depthwiseConv2d(image(...picture), w, 1, 'same', 'NHWC', 2)),
    shape: [3, 3, 2, 2],
  },
  separableConv2d: { of: on4D((x) => tf.separableConv2d(x, filter(3, 3, 2, 2), filter(1, 1, 4, 3), 1, 'same')), shape: picture },
  'conv3d at its filter, strides 2': {
    of: on5D((w) => tf.conv3d(randomTensor(volume, 3) as tf.Tensor5D, w, [2, 1, 2], 'same')),
    shape: [2, 3, 2, 2, 3],
  },
  'conv3dTranspose at its input': {
    of: on5D((x) => tf.conv3dTranspose(x, randomTensor([2, 2, 2, 3, 2], 3) as tf.Tensor5D, [2, 6, 8, 8, 3], 2, 'same')),
    shape: volume,
  },
  'conv3dTranspose at its filter': {
    of: on5D((w) => tf.conv3dTranspose(randomTensor(volume, 3) as tf.Tensor5D, w, [2, 4, 5, 5, 3], 1, 'valid')),
    shape: [2, 2, 2, 3, 2],
  },
  'conv3d at its input': {
    of: on5D((x) => tf.conv3d(x, randomTensor([2, 2, 2, 2, 3], 3) as tf.Tensor5D, 1, 'valid')),
    shape: volume,
  },
  'conv3d at its filter': {
    of: on5D((w) => tf.conv3d(randomTensor(volume, 3) as tf.Tensor5D, w, 1, 'same')),
    shape: [2, 2, 2, 2, 3],
  },
};

const IMAGES: Record<string, Case> = {
  'resizeNearestNeighbor, doubled': { of: on4D((x) => tf.image.resizeNearestNeighbor(x, [12, 12])), shape: picture },
  'resizeNearestNeighbor, corners aligned': { of: on4D((x) => tf.image.resizeNearestNeighbor(x, [11, 9], true)), shape: picture },
  'resizeBilinear, doubled': { of: on4D((x) => tf.image.resizeBilinear(x, [12, 12])), shape: picture },
  'resizeBilinear, shrunk, corners aligned': { of: on4D((x) => tf.image.resizeBilinear(x, [4, 5], true)), shape: picture },
  'mirrorPad, reflect': { of: (x) => tf.mirrorPad(x, [[0, 0], [2, 1], [0, 3], [0, 0]], 'reflect'), shape: picture }, // prettier-ignore
  'mirrorPad, symmetric': { of: (x) => tf.mirrorPad(x, [[1, 0], [2, 6], [1, 1], [0, 2]], 'symmetric'), shape: picture }, // prettier-ignore
  localResponseNormalization: { of: on4D((x) => tf.localResponseNormalization(x, 2)), shape: picture },
  'batchNorm at its input': { of: on4D((x) => tf.batchNorm(x, [0.1, -0.2], [0.5, 0.7], [1, 2], [1.2, 0.8])), shape: picture },
  'batchNorm at its scale': {
    of: (scale) =>
      tf.batchNorm(
        image(...picture),
        tf.tensor1d([0.1, -0.2]),
        tf.tensor1d([0.5, 0.7]),
        tf.tensor1d([0, 1]),
        scale as tf.Tensor1D,
      ),
    shape: [2],
  },
};

const UNARY: Record<string, Case> = Object.fromEntries(
  (
    [
      [['abs', 'elu', 'selu', 'leakyRelu', 'relu', 'relu6'], { step: KINKED }],
      [['asin', 'acos', 'atanh'], { scale: 0.6 }],
      [['log', 'sqrt', 'rsqrt', 'reciprocal', 'log1p', 'acosh'], { shift: 2.5 }],
      [
        [
          'asinh',
          'atan',
          'cos',
          'cosh',
          'erf',
          'exp',
          'expm1',
          'neg',
          'sigmoid',
          'sin',
          'sinh',
          'softplus',
          'square',
          'tan',
          'tanh',
        ],
        {},
      ],
    ] as [string[], Partial<Case>][]
  ).flatMap(([names, more]) =>
    names.map((name) => [name, { of: (tf as unknown as Record<string, Function>)[name], shape: [4, 5], ...more }]),
  ),
);

const OTHERS: Record<string, Case> = {
  softmax: { of: (x) => tf.softmax(x), shape: [4, 6] },
  logSoftmax: { of: (x) => tf.logSoftmax(x), shape: [4, 6] },
  logSumExp: { of: (x) => tf.logSumExp(x, 1), shape: [4, 6] },
  'prelu at its input': { of: (x) => tf.prelu(x, tf.scalar(0.3)), shape: [4, 5], step: KINKED },
  'prelu at its slopes': { of: (alpha) => tf.prelu(randomTensor([4, 6], 8), alpha), shape: [6] },
  clipByValue: { of: (x) => tf.clipByValue(x, -0.5, 0.5), shape: [4, 5], step: KINKED },
  gather: { of: (x) => tf.gather(x, tf.tensor1d([1, 0, 1], 'int32')), shape: [3, 4] },
  'gather along the second axis': { of: (x) => tf.gather(x, tf.tensor2d([1, 0, 1, 3], [2, 2], 'int32'), 1), shape: [3, 4, 2] },
  unsortedSegmentSum: { of: (x) => tf.unsortedSegmentSum(x as tf.Tensor2D, tf.tensor1d([2, 0, 2], 'int32'), 4), shape: [3, 4] },
  cumsum: { of: (x) => tf.cumsum(x, 1, true, true), shape: [3, 5] },
  max: { of: (x) => tf.max(x, 1), shape: [4, 6], step: KINKED },
  min: { of: (x) => tf.min(x, [0, 2]), shape: [2, 3, 4], step: KINKED },
  mean: { of: (x) => tf.mean(x, 1), shape: [4, 6] },
  moments: { of: (x) => tf.moments(x, [0, 1]).variance, shape: [3, 4, 2] },
  norm: { of: (x) => tf.norm(x, 'euclidean', 1), shape: [3, 4] },
  'matMul, transposed': { of: (x) => tf.matMul(x, randomTensor([5, 4], 3), true, true), shape: [4, 3] },
  'matMul of batches': { of: (x) => tf.matMul(randomTensor([2, 3, 4], 3), x), shape: [2, 4, 5] },
  'add, broadcast': { of: (x) => tf.add(randomTensor([3, 4], 3), x), shape: [4] },
  'mul, broadcast': { of: (x) => tf.mul(randomTensor([2, 3, 4], 3), x), shape: [3, 1] },
  'div, broadcast': { of: (x) => tf.div(randomTensor([3, 4], 3), x), shape: [4], shift: 2.5 },
  sub: { of: (x) => tf.sub(randomTensor([3, 4], 3), x), shape: [3, 4] },
  squaredDifference: { of: (x) => tf.squaredDifference(randomTensor([3, 4], 3), x), shape: [3, 4] },
  maximum: { of: (x) => tf.maximum(randomTensor([3, 4], 3), x), shape: [3, 4], step: KINKED },
  minimum: { of: (x) => tf.minimum(x, randomTensor([3, 4], 3)), shape: [3, 4], step: KINKED },
  'pow at its base': { of: (x) => tf.pow(x, tf.scalar(2.5)), shape: [3, 4], shift: 2 },
  'pow at its exponent': { of: (x) => tf.pow(tf.add(randomTensor([3, 4], 3), 2), x), shape: [3, 4] },
  atan2: { of: (x) => tf.atan2(x, tf.add(randomTensor([3, 4], 3), 2)), shape: [3, 4] },
  mod: { of: (x) => tf.mod(x, tf.scalar(0.7)), shape: [3, 4], step: KINKED },
  'products with comparisons': { of: (x) => tf.mul(x, tf.cast(tf.logicalOr(tf.greater(x, -0.4), tf.logicalNot(tf.notEqual(x, 7))), 'float32')), shape: [3, 4], step: KINKED }, // prettier-ignore
  'products with a mask of rows': { of: (x) => tf.mul(x, tf.cast(tf.any(tf.less(x, -0.9), 1, true), 'float32')), shape: [3, 4], step: KINKED }, // prettier-ignore
  where: { of: (x) => tf.where(tf.greater(randomTensor([3, 4], 3), 0), x, tf.mul(x, 3)), shape: [3, 4] },
  concat: { of: (x) => tf.concat([x, tf.mul(x, 2)], 1), shape: [3, 4] },
  'stack and unstack': { of: (x) => tf.stack([...tf.unstack(x, 1)].reverse(), 0), shape: [3, 4] },
  split: { of: (x) => tf.mul(...(tf.split(x, 2, 1) as [tf.Tensor, tf.Tensor])), shape: [3, 4] },
  slice: { of: (x) => tf.slice(x, [1, 0], [2, 3]), shape: [3, 4] },
  'pad': { of: (x) => tf.pad(x, [[1, 0], [2, 3]]), shape: [3, 4] }, // prettier-ignore
  reverse: { of: (x) => tf.reverse(x, 1), shape: [3, 4] },
  tile: { of: (x) => tf.tile(x, [2, 3]), shape: [3, 4] },
  transpose: { of: (x) => tf.transpose(x, [2, 0, 1]), shape: [2, 3, 4] },
  broadcastTo: { of: (x) => tf.broadcastTo(x, [2, 3, 4]), shape: [3, 1] },
  'spaceToBatchND': { of: (x) => tf.spaceToBatchND(x, [2, 2], [[0, 0], [1, 1]]), shape: [1, 4, 4, 2] }, // prettier-ignore
  'batchToSpaceND': { of: (x) => tf.batchToSpaceND(x, [2, 2], [[0, 0], [1, 0]]), shape: [4, 2, 2, 2] }, // prettier-ignore
};

describe.each(Object.entries({ pooling: POOLING, convolutions: CONVOLUTIONS, images: IMAGES, unary: UNARY, others: OTHERS }))(
  'gradients agree with finite differences: %s',
  (_, cases) => {
    it.each(Object.entries(cases))('%s', (__, { of, shape, shift = 0, scale = 1, step = SMOOTH }) => {
      const values = step === KINKED ? spaced(shape) : randomTensor(shape, 5);
      const x = tf.tidy(() => tf.add(tf.mul(values, scale), shift));
      expect(gradientGap(of, x, step)).toBeLessThan(TOLERANCE);
      tf.dispose([values, x]);
    });
  },
);

it('a dilated convolution has the gradients of one whose filter is spread out with zeros', () => {
  tf.tidy(() => {
    const [x, w] = [image(2, 9, 8, 3), filter(3, 2, 3, 5)];
    // 3 rows at a distance of 2, 2 columns at a distance of 3: 5 by 4 taps
    const spreadOut = (compact: tf.Tensor): tf.Tensor4D => {
      const apart = tf.reshape(compact, [3, 1, 2, 1, 3, 5]);
      const filled = tf.pad(apart, [[0, 0], [0, 1], [0, 0], [0, 2], [0, 0], [0, 0]]); // prettier-ignore
      return tf.slice(tf.reshape(filled, [6, 6, 3, 5]), [0, 0, 0, 0], [5, 4, 3, 5]) as tf.Tensor4D;
    };
    const dilated = tf.grads((a: tf.Tensor, b: tf.Tensor) =>
      tf.conv2d(a as tf.Tensor4D, b as tf.Tensor4D, 1, 'same', 'NHWC', [2, 3]),
    );
    const plain = tf.grads((a: tf.Tensor, b: tf.Tensor) => tf.conv2d(a as tf.Tensor4D, spreadOut(b), 1, 'same'));
    const dy = randomTensor([2, 9, 8, 5], 9);
    const expected = plain([x, w], dy);
    dilated([x, w], dy).forEach((gradient, i) => {
      const error = tf.max(tf.abs(tf.sub(gradient, expected[i]))).dataSync()[0];
      expect(error).toBeLessThan(1e-5);
    });
  });
});

it('a dilated convolution refuses channels first', () => {
  const x = tf.ones<tf.Rank.R4>([1, 2, 7, 7]);
  const attrs = { strides: 1, pad: 'same', dataFormat: 'NCHW', dilations: [2, 2] };
  const gradient = () => tf.getGradient('Conv2D').gradFunc(x, [x, tf.ones([3, 3, 2, 2])], attrs);
  expect(gradient).toThrow('gradient of a dilated convolution: dataFormat must be NHWC, got NCHW');
});
