import '@tensorflow/tfjs-layers';
import * as tf from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { useWasmKernels } from '../src/wasm/index';
import type { WasmKernels } from '../src/wasm/index';
import { convolutionReference } from '../src/wasm/kernels/convolutions.reference';
import { depthwiseReference } from '../src/wasm/kernels/depthwise.reference';
import { averagePoolReference, maxPoolReference } from '../src/wasm/kernels/pooling.reference';
import { randomNumbers, randomTensor } from './conformance/random-tensor';

let kernels: WasmKernels;
beforeAll(async () => {
  kernels = await useWasmKernels({ threads: 2, variant: 'repeatable' });
});
afterAll(() => kernels.dispose());

type Pair = [number, number];
interface Sizes {
  input: [number, number, number, number];
  taps: Pair;
  strides: Pair;
  pad: 'same' | 'valid' | number;
}

const pairs = (heights: number[], widths: number[]): Pair[] => heights.flatMap((h) => widths.map((w): Pair => [h, w]));

/** Every small picture under every small filter: narrower than the stride along one axis or both, padded, not square. */
const SIZES: Sizes[] = pairs([1, 2, 4], [1, 3]).flatMap((size) =>
  pairs([1, 2, 3], [1, 2, 3]).flatMap((taps) =>
    pairs([1, 2, 5], [1, 2, 4]).flatMap((strides) =>
      (['same', 'valid', 1] as const)
        .filter(
          (pad) => pad === 'same' || (pad === 'valid' ? taps[0] <= size[0] && taps[1] <= size[1] : taps[0] > 1 && taps[1] > 1),
        )
        .map((pad): Sizes => ({ input: [2, ...size, 2], taps, strides, pad })),
    ),
  ),
);

interface Operation {
  depthwise?: boolean;
  run(x: tf.Tensor4D, filter: tf.Tensor4D, sizes: Sizes): tf.Tensor;
  expected(info: tf.backend_util.Conv2DInfo, x: Float32Array, filter: Float32Array): ArrayLike<number>;
}

const relu = (sums: Float64Array): Float64Array => sums.map((sum, i) => Math.max(0, sum + randomNumbers(2, 3)[i % 2]));
const bias = (): tf.Tensor1D => randomTensor([2], 3) as tf.Tensor1D;

const OPERATIONS: Record<string, Operation> = {
  conv2d: { run: (x, filter, { strides, pad }) => tf.conv2d(x, filter, strides, pad), expected: convolutionReference },
  'conv2d with bias and activation': {
    run: (x, filter, { strides, pad }) => tf.fused.conv2d({ x, filter, strides, pad, bias: bias(), activation: 'relu' }),
    expected: (...operands) => relu(convolutionReference(...operands)),
  },
  depthwiseConv2d: {
    depthwise: true,
    run: (x, filter, { strides, pad }) => tf.depthwiseConv2d(x, filter, strides, pad),
    expected: depthwiseReference,
  },
  'depthwiseConv2d with bias and activation': {
    depthwise: true,
    run: (x, filter, { strides, pad }) => tf.fused.depthwiseConv2d({ x, filter, strides, pad, bias: bias(), activation: 'relu' }),
    expected: (...operands) => relu(depthwiseReference(...operands)),
  },
  maxPool: { run: (x, _, { taps, strides, pad }) => tf.maxPool(x, taps, strides, pad), expected: maxPoolReference },
  avgPool: { run: (x, _, { taps, strides, pad }) => tf.avgPool(x, taps, strides, pad), expected: averagePoolReference },
};

/** Whether a window lies entirely in padding, where there is nothing to pool. */
const isEmpty = (value: number): boolean => !Number.isFinite(value);

it.each(Object.entries(OPERATIONS))('%s is correct for every small picture, filter, stride and padding', (_, operation) => {
  for (const sizes of SIZES) {
    const { input, taps, strides, pad } = sizes;
    tf.engine().startScope();
    const filterShape = [...taps, 2, operation.depthwise ? 1 : 2] as [number, number, number, number];
    const [x, filter] = [randomTensor(input, 1) as tf.Tensor4D, randomTensor(filterShape, 2) as tf.Tensor4D];
    const info = tf.backend_util.computeConv2DInfo(input, filterShape, strides, 1, pad, undefined, operation.depthwise);
    const expected = operation.expected(info, x.dataSync<'float32'>(), filter.dataSync<'float32'>());
    const y = operation.run(x, filter, sizes);
    expect(y.shape, JSON.stringify(sizes)).toEqual(info.outShape);
    const wrong = y
      .dataSync<'float32'>()
      .findIndex((value, i) => !isEmpty(expected[i]) && !(Math.abs(value - expected[i]) < 1e-5));
    expect(wrong, JSON.stringify(sizes)).toBe(-1);
    tf.engine().endScope();
  }
});
