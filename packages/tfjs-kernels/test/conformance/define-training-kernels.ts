import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { clipReference } from '../../src/wasm/kernels/clip.reference';
import {
  convolution3DFilterGradientReference,
  convolution3DInputGradientReference,
} from '../../src/wasm/kernels/convolution-3d.reference';
import { convolutionReference } from '../../src/wasm/kernels/convolutions.reference';
import {
  depthwiseFilterGradientReference,
  depthwiseInputGradientReference,
  depthwiseReference,
} from '../../src/wasm/kernels/depthwise.reference';
import { dilation2DGradientReference, dilation2DReference } from '../../src/wasm/kernels/dilation-2d.reference';
import {
  averagePoolGradientReference,
  averagePoolReference,
  maxPoolGradientReference,
  maxPoolReference,
} from '../../src/wasm/kernels/pooling.reference';
import type { PoolSizes } from '../../src/wasm/kernels/pooling.reference';
import { expectClose } from './expect-close';
import { on } from './on-backend';
import type { ConformanceBackend } from './on-backend';
import { randomNumbers, randomTensor } from './random-tensor';

/** The kernels that training other layers needs, against their scalar references, on one backend. */
export function defineTrainingKernels(backend: ConformanceBackend): void {
  describe(`${backend.name}, training`, () => {
    definePooling(backend);
    defineDepthwise(backend);
    defineDilation(backend);
    defineFused(backend);
    define3D(backend);
    defineSegmentSum(backend);
    defineGather(backend);
    defineClip(backend);
    defineRefusals(backend);
  });
}

const run = (name: string, inputs: Record<string, tf.Tensor>, attrs: object): tf.Tensor =>
  tf.engine().runKernel(name, inputs, attrs as tf.NamedAttrMap);

type Pad = 'same' | 'valid' | number | [[number, number], [number, number], [number, number], [number, number]];
type PoolCase = [shape: number[], filterSize: number[], strides: number[], pad: Pad, shift: number];

/** Windows that overlap, leave gaps, are narrower than the stride; all values negative (shift below -1); few, odd and many channels. */
const POOLS: PoolCase[] = [
  [[2, 6, 6, 2], [2, 2], [2, 2], 'valid', 0],
  [[1, 7, 5, 7], [3, 3], [2, 2], 'same', -5],
  [[9, 8, 6, 3], [3, 2], [1, 1], 'same', -2],
  [[3, 9, 9, 70], [3, 3], [3, 3], 'valid', -2],
  [[1, 1, 4, 3], [1, 1], [4, 3], 'same', -2],
  [[2, 5, 3, 4], [1, 2], [3, 5], 'same', 0],
  [[2, 6, 6, 5], [2, 3], [2, 1], 1, 0],
  [[2, 6, 6, 5], [3, 3], [2, 2], [[0, 0], [1, 0], [0, 2], [0, 0]], -3], // prettier-ignore
  [[2, 4, 5, 6, 3], [2, 2, 2], [2, 2, 2], 'valid', -4],
  [[1, 4, 5, 6, 9], [3, 2, 3], [2, 1, 2], 'same', 0],
  [[8, 3, 3, 3, 2], [1, 1, 2], [2, 3, 1], 'same', -2],
];

function poolInfo([shape, filterSize, strides, pad]: PoolCase): PoolSizes {
  if (shape.length === 5) {
    const sizes = [filterSize, strides].map((size) => size as [number, number, number]);
    return tf.backend_util.computePool3DInfo(
      shape as [number, number, number, number, number],
      sizes[0],
      sizes[1],
      1,
      pad as 'same',
    );
  }
  const sizes = [filterSize, strides].map((size) => size as [number, number]);
  return tf.backend_util.computePool2DInfo(shape as [number, number, number, number], sizes[0], sizes[1], 1, pad);
}

function definePooling(backend: ConformanceBackend): void {
  it.each(POOLS)(
    'pooling %j by %j, strides %j, pad %j, values shifted by %d',
    on(backend, async (...row) => {
      const [shape, filterSize, strides, pad, shift] = row;
      const info = poolInfo(row);
      const x = tf.add(randomTensor(shape, 1), shift);
      const dy = randomTensor(info.outShape, 2);
      const [values, gradients] = [await x.data(), await dy.data()];
      const attrs = { filterSize, strides, pad };
      const suffix = shape.length === 5 ? 'Pool3D' : 'Pool';
      await expectClose(run(`Max${suffix}`, { x }, attrs), maxPoolReference(info, values), 0);
      await expectClose(run(`Avg${suffix}`, { x }, attrs), averagePoolReference(info, values), 1e-6);
      const max = run(`Max${suffix}Grad`, { dy, input: x, output: dy }, attrs);
      await expectClose(max, maxPoolGradientReference(info, values, gradients), 1e-6);
      await expectClose(run(`Avg${suffix}Grad`, { dy, input: x }, attrs), averagePoolGradientReference(info, gradients), 1e-6);
    }),
  );

  it(
    'of equal values the first gets the gradient; NaN gets none',
    on(backend, async () => {
      const input = tf.tensor4d([NaN, 3, 3, 1], [1, 2, 2, 1]);
      const attrs = { filterSize: 2, strides: 2, pad: 'valid' };
      const dx = run('MaxPoolGrad', { dy: tf.ones([1, 1, 1, 1]), input, output: tf.ones([1, 1, 1, 1]) }, attrs);
      expect(Array.from(await dx.data())).toEqual([0, 1, 0, 0]);
    }),
  );
}

type DepthwiseCase = [
  shape: number[],
  taps: [number, number],
  multiplier: number,
  strides: [number, number],
  pad: Pad,
  dilation: number,
];

const DEPTHWISE: DepthwiseCase[] = [
  [[2, 6, 7, 3], [3, 3], 1, [1, 1], 'same', 1],
  [[3, 8, 5, 70], [3, 3], 1, [2, 2], 'same', 1],
  [[1, 9, 9, 4], [3, 2], 2, [2, 1], 'valid', 1],
  [[2, 4, 4, 5], [1, 3], 3, [2, 2], 'same', 1],
  [[2, 3, 4, 5], [2, 1], 1, [5, 2], 'same', 1],
  [[2, 9, 8, 6], [3, 3], 2, [1, 1], 'same', 2],
  [[1, 9, 9, 2], [3, 3], 1, [2, 1], 1, 1],
  [[16, 16, 16, 33], [5, 5], 1, [1, 1], 'same', 1],
];

function defineDepthwise(backend: ConformanceBackend): void {
  it.each(DEPTHWISE)(
    'depthwise convolution %j by %j, %d filters per channel, strides %j, pad %j, dilation %d',
    on(backend, async (shape, taps, multiplier, strides, pad, dilations) => {
      const filterShape = [...taps, shape[3], multiplier] as [number, number, number, number];
      const sizes = [shape as [number, number, number, number], filterShape, strides, dilations, pad] as const;
      const info = tf.backend_util.computeConv2DInfo(...sizes, undefined, true);
      const [x, filter, dy] = [shape, filterShape, info.outShape].map((own, i) => randomTensor(own, i + 1));
      const [xs, weights, gradients] = await Promise.all([x, filter, dy].map((tensor) => tensor.data()));
      const attrs = { strides, pad, dilations, dataFormat: 'NHWC', inputShape: shape, filterShape };
      await expectClose(run('DepthwiseConv2dNative', { x, filter }, attrs), depthwiseReference(info, xs, weights), 1e-5);
      const dx = run('DepthwiseConv2dNativeBackpropInput', { dy, filter }, attrs);
      await expectClose(dx, depthwiseInputGradientReference(info, gradients, weights), 1e-5);
      const dw = run('DepthwiseConv2dNativeBackpropFilter', { x, dy }, attrs);
      await expectClose(dw, depthwiseFilterGradientReference(info, xs, gradients), 1e-5);
    }),
  );
}

type DilationCase = [shape: number[], taps: [number, number], strides: [number, number], pad: 'same' | 'valid', dilation: number];

const DILATIONS: DilationCase[] = [
  [[2, 6, 5, 3], [2, 3], [1, 1], 'valid', 1],
  [[3, 7, 6, 2], [3, 2], [2, 1], 'same', 1],
  [[1, 8, 9, 5], [2, 2], [1, 1], 'same', 3],
];

function defineDilation(backend: ConformanceBackend): void {
  const rows = DILATIONS.flatMap((row) => [0, -4].map((shift) => [...row, shift] as const));
  it.each(rows)(
    'grey-scale dilation %j by %j, strides %j, pad %s, dilation %d, values shifted by %d',
    on(backend, async (shape, taps, strides, pad, dilations, shift) => {
      const filterShape = [...taps, shape[3]] as [number, number, number];
      const picture = shape as [number, number, number, number];
      const info = tf.backend_util.computeDilation2DInfo(picture, filterShape, strides, pad, 'NHWC', dilations);
      const [x, filter, dy] = [
        tf.add(randomTensor(shape, 1), shift),
        randomTensor(filterShape, 2),
        randomTensor(info.outShape, 3),
      ];
      const [xs, weights, gradients] = await Promise.all([x, filter, dy].map((tensor) => tensor.data()));
      const attrs = { strides, pad, dilations };
      await expectClose(run('Dilation2D', { x, filter }, attrs), dilation2DReference(info, xs, weights), 0);
      const [dx, dFilter] = dilation2DGradientReference(info, xs, weights, gradients);
      await expectClose(run('Dilation2DBackpropInput', { x, filter, dy }, attrs), dx, 1e-6);
      await expectClose(run('Dilation2DBackpropFilter', { x, filter, dy }, attrs), dFilter, 1e-6);
    }),
  );
}

type Activation = 'linear' | 'relu' | 'relu6' | 'elu' | 'sigmoid' | 'leakyrelu' | 'prelu';
const ACTIVATIONS: Record<Activation, (u: number) => number> = {
  linear: (u) => u,
  relu: (u) => Math.max(0, u),
  relu6: (u) => Math.min(6, Math.max(0, u)),
  elu: (u) => (u > 0 ? u : Math.expm1(u)),
  sigmoid: (u) => 1 / (1 + Math.exp(-u)),
  leakyrelu: (u) => (u > 0 ? u : 0.3 * u),
  prelu: (u) => (u > 0 ? u : 0.25 * u),
};

/** Filters as wide as the stride, narrower along one axis, along both. */
const FUSED: [shape: number[], taps: [number, number], strides: [number, number]][] = [
  [
    [2, 6, 5, 3],
    [3, 3],
    [1, 1],
  ],
  [
    [2, 3, 4, 3],
    [2, 1],
    [5, 2],
  ],
  [
    [1, 4, 4, 5],
    [1, 1],
    [2, 3],
  ],
];

function defineFused(backend: ConformanceBackend): void {
  const rows = FUSED.flatMap((row) =>
    (Object.keys(ACTIVATIONS) as Activation[]).map((activation) => [...row, activation] as const),
  );
  it.each(rows)(
    'convolution with bias and activation, %j by %j, strides %j, %s',
    on(backend, async (shape, taps, strides, activation) => {
      const channels = shape[3];
      const x = randomTensor(shape, 1) as tf.Tensor4D;
      const options = {
        ...{ x, strides, pad: 'same' as const, activation, leakyreluAlpha: 0.3 },
        ...{ preluActivationWeights: activation === 'prelu' ? tf.fill([channels], 0.25) : undefined },
        ...{ bias: randomTensor([channels], 3) },
      };
      const biases = randomNumbers(channels, 3);
      const act = (sum: number, i: number): number => ACTIVATIONS[activation](sum + biases[i % channels]);
      const values = await x.data<'float32'>();
      for (const depthwise of [false, true]) {
        const filter = randomTensor([...taps, channels, depthwise ? 1 : channels], 2) as tf.Tensor4D;
        const sizes = [x.shape, filter.shape, strides, 1, 'same'] as const;
        const info = tf.backend_util.computeConv2DInfo(...sizes, undefined, depthwise);
        const sums = (depthwise ? depthwiseReference : convolutionReference)(info, values, await filter.data<'float32'>());
        const y = depthwise ? tf.fused.depthwiseConv2d({ ...options, filter }) : tf.fused.conv2d({ ...options, filter });
        await expectClose(y, sums.map(act), 1e-5);
      }
    }),
  );
}

type VolumeCase = [shape: number[], filterShape: number[], strides: [number, number, number], pad: 'same' | 'valid'];

const VOLUMES: VolumeCase[] = [
  [[2, 5, 6, 5, 2], [2, 3, 2, 2, 3], [2, 2, 2], 'same'],
  [[1, 2, 3, 3, 1], [3, 1, 1, 1, 2], [3, 1, 2], 'same'],
  [[2, 3, 4, 4, 2], [2, 2, 2, 2, 2], [1, 1, 1], 'valid'],
  [[1, 4, 6, 6, 3], [3, 3, 3, 3, 7], [1, 1, 1], 'same'],
  [[3, 5, 5, 4, 5], [3, 2, 1, 5, 4], [2, 1, 3], 'same'],
  [[2, 4, 7, 8, 9], [2, 3, 3, 9, 17], [1, 2, 2], 'valid'],
];

function define3D(backend: ConformanceBackend): void {
  it.each(VOLUMES)(
    'gradients of a convolution over volumes, %j by %j, strides %j, pad %s',
    on(backend, async (shape, filterShape, strides, pad) => {
      type Shape5D = [number, number, number, number, number];
      const info = tf.backend_util.computeConv3DInfo(shape as Shape5D, filterShape as Shape5D, strides, 1, pad);
      const [dy, filter, x] = [info.outShape, filterShape, shape].map((own, i) => randomTensor(own, i + 1));
      const [gradients, weights, xs] = await Promise.all([dy, filter, x].map((tensor) => tensor.data()));
      const dx = run('Conv3DBackpropInputV2', { dy, filter }, { strides, pad, inputShape: shape });
      await expectClose(dx, convolution3DInputGradientReference(info, gradients, weights), 1e-5);
      const dw = run('Conv3DBackpropFilterV2', { x, dy }, { strides, pad, filterShape });
      await expectClose(dw, convolution3DFilterGradientReference(info, xs, gradients), 1e-5);
    }),
  );
}

function defineSegmentSum(backend: ConformanceBackend): void {
  it.each([
    [[7], 3, 'float32'],
    [[50, 5], 70, 'float32'],
    [[300, 3, 70], 12, 'float32'],
    [[20, 6], 1, 'int32'],
  ] as const)(
    'sums of segments, %j into %d, %s; ids out of range are ignored',
    on(backend, async (shape, segments, dtype) => {
      const x = tf.cast(tf.mul(randomTensor(shape, 1), 100), dtype);
      const ids = randomNumbers(shape[0], 2).map((value) => Math.floor((value + 1.1) * 0.5 * segments) - 1);
      const columns = x.size / shape[0];
      const expected = new Float64Array(segments * columns);
      (await x.data()).forEach((value, i) => {
        const segment = ids[Math.floor(i / columns)];
        if (segment >= 0 && segment < segments) expected[segment * columns + (i % columns)] += value;
      });
      const sums = tf.unsortedSegmentSum(x as tf.Tensor2D, tf.tensor1d(ids, 'int32'), segments);
      expect([sums.shape, sums.dtype]).toEqual([[segments, ...shape.slice(1)], dtype]);
      await expectClose(sums, expected, 1e-6);
    }),
  );
}

function defineGather(backend: ConformanceBackend): void {
  it(
    'gather uses separate indices for each batch, and refuses those out of range',
    on(backend, async () => {
      const [x, rows] = [randomTensor([3, 2, 5, 4], 1), [4, 0, 0, 1, 3, 2]];
      const gathered = (indices: number[]): tf.Tensor => tf.gather(x, tf.tensor2d(indices, [3, 2], 'int32'), 2, 1);
      const values = await x.data();
      const y = gathered(rows);
      expect(y.shape).toEqual([3, 2, 2, 4]);
      const expected = Array.from({ length: y.size }, (_, i) => {
        const [batch, outer, row, column] = [Math.floor(i / 16), Math.floor(i / 8) % 2, Math.floor(i / 4) % 2, i % 4];
        return values[((batch * 2 + outer) * 5 + rows[batch * 2 + row]) * 4 + column];
      });
      expect(Array.from(await y.data())).toEqual(expected);
      expect(() => gathered([0, 0, 0, 5, 0, 0])).toThrow('GatherV2 (wasm): indices must be in [0, 5), got 5');
    }),
  );
}

function defineClip(backend: ConformanceBackend): void {
  it(
    'clipByValue keeps NaN',
    on(backend, async () => {
      const x = [NaN, -2, 0.25, 3, NaN, Infinity, -Infinity];
      const clipped = await tf.clipByValue(x, 0, 1).data();
      expect(Array.from(clipped)).toEqual([NaN, 0, 0.25, 1, NaN, 1, 0]);
      const long = randomTensor([40_003], 3);
      await expectClose(tf.clipByValue(long, -0.25, 0.5), clipReference(await long.data(), -0.25, 0.5), 0);
    }),
  );
}

function defineRefusals(backend: ConformanceBackend): void {
  it(
    'a gradient with a shape other than the output is refused, instead of reading beyond it',
    on(backend, async () => {
      const refused = /dy must have the shape of the output, \[1, 16, 16, 8\], got \[1, 4, 4, 8\]/;
      const dy = tf.ones<tf.Rank.R4>([1, 4, 4, 8]);
      const attrs = { strides: 1, pad: 'same', dataFormat: 'NHWC', dilations: 1, filterSize: 3 };
      const x = tf.ones([1, 16, 16, 8]);
      const depthwise = { ...attrs, filterShape: [3, 3, 8, 1], inputShape: [1, 16, 16, 8] };
      expect(() => run('DepthwiseConv2dNativeBackpropFilter', { x, dy }, depthwise)).toThrow(refused);
      const own = { dy, filter: tf.ones([3, 3, 8, 1]) };
      expect(() => run('DepthwiseConv2dNativeBackpropInput', own, depthwise)).toThrow(refused);
      expect(() => run('MaxPoolGrad', { dy, input: x, output: x }, attrs)).toThrow(refused);
      expect(() => run('AvgPoolGrad', { dy, input: x }, attrs)).toThrow(refused);
    }),
  );

  it(
    'segment ids are refused unless there is one per row',
    on(backend, async () => {
      const sum = () => tf.unsortedSegmentSum(tf.ones<tf.Rank.R2>([4, 2]), tf.tensor1d([0, 1, 1], 'int32'), 2);
      expect(sum).toThrow('UnsortedSegmentSum (wasm): segmentIds must be one per row of x, [4], got [3]');
    }),
  );
}
