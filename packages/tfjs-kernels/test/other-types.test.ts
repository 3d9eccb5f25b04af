import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-layers';
import * as tf from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { useWasmKernels } from '../src/wasm/index';
import type { WasmKernels } from '../src/wasm/index';
import type { SharedBackend } from '../src/wasm/shared-backend';

let kernels: WasmKernels;
beforeAll(async () => {
  await tf.setBackend('cpu');
  kernels = await useWasmKernels({ threads: 1, variant: 'repeatable' });
});
afterAll(() => kernels.dispose());

type Operation = (x: tf.Tensor) => tf.Tensor;
const named = (names: string[]): Record<string, Operation> =>
  Object.fromEntries(names.map((name) => [name, (tf as unknown as Record<string, Operation>)[name]]));

const OPERATIONS: Record<string, Operation> = {
  ...named(['abs', 'acos', 'acosh', 'asin', 'asinh', 'atan', 'atanh', 'exp', 'isFinite', 'isInf', 'isNaN', 'log1p']),
  ...named(['reciprocal', 'relu', 'relu6', 'round', 'selu', 'sign', 'sinh', 'softplus', 'square', 'step', 'leakyRelu', 'floor']),
  clipByValue: (x) => tf.clipByValue(x, -1, 2),
  prelu: (x) => tf.prelu(x, tf.cast(tf.onesLike(x), x.dtype)),
  reverse: (x) => tf.reverse(x, 0),
  where: (x) => tf.where(tf.tensor1d([true, false, true, false, false, true, true], 'bool'), x, tf.zerosLike(x)),
  'stridedSlice backwards': (x) => tf.stridedSlice(x, [-1], [-8], [-2]),
  'stridedSlice of neighbours': (x) => tf.stridedSlice(x, [1], [4], [1]),
  'cast to float32': (x) => tf.cast(x, 'float32'),
  'cast to bool': (x) => tf.cast(x, 'bool'),
  'reduced by max, whole and in part': (x) => tf.max(tf.reshape(x, [7, 1]), 0),
};

/** What a backend computes from values of a type; undefined where TensorFlow.js refuses them. */
async function on(backend: string, operation: Operation, values: number[], dtype: tf.DataType) {
  await tf.setBackend(backend);
  return tf.tidy(() => {
    try {
      const y = operation(tf.tensor1d(values, dtype as 'int32'));
      return { dtype: y.dtype, values: Array.from(y.dataSync()) };
    } catch {
      return undefined;
    }
  });
}

/** Makes 64 bytes follow every allocation; returns a check that nothing has written there. */
function watchEnds(): () => void {
  const { wasm } = tf.engine().backend as unknown as SharedBackend;
  const { _malloc: allocate, _free: free } = wasm;
  const ends = new Map<number, number>();
  const after = (end: number): Uint8Array => new Uint8Array(wasm.asm.memory.buffer, end, 64);
  wasm._malloc = (bytes) => {
    const address = allocate(bytes + 64) >>> 0;
    ends.set(address, address + bytes);
    after(address + bytes).fill(0xa5);
    return address;
  };
  wasm._free = (address) => {
    ends.delete(address);
    free(address);
  };
  return () => {
    Object.assign(wasm, { _malloc: allocate, _free: free });
    expect(ends.size).toBeGreaterThan(0);
    for (const end of ends.values()) expect(new Set(after(end))).toEqual(new Set([0xa5]));
  };
}

describe.each([
  ['int32', [3, -1, 0, 2, 7, -5, 1]],
  ['bool', [1, 0, 1, 1, 0, 0, 1]],
] as const)('%s', (dtype, values) => {
  it.each(Object.entries(OPERATIONS))('%s gives what it gives on cpu', async (_, operation) => {
    const expected = await on('cpu', operation, [...values], dtype);
    await tf.setBackend('wasm');
    const actual = await on('wasm', operation, [...values], dtype);
    if (expected) expect(actual).toEqual(expected);
  });
});

it('moves of integers keep them to the bit', async () => {
  await tf.setBackend('wasm');
  const x = tf.tensor1d([123456789, -1, 2147483647, 1], 'int32');
  expect(Array.from(tf.stridedSlice(x, [-1], [-5], [-1]).dataSync())).toEqual([1, 2147483647, -1, 123456789]);
  expect(Array.from(tf.stridedSlice(x, [0], [3], [1]).dataSync())).toEqual([123456789, -1, 2147483647]);
});

it('operations on bool write nothing beyond their results', async () => {
  await tf.setBackend('wasm');
  tf.engine().startScope();
  const x = tf.tensor1d([1, 0, 1, 1, 0, 0, 1], 'bool');
  const assertIntact = watchEnds();
  for (const operation of [tf.reciprocal, tf.abs, OPERATIONS.reverse, OPERATIONS.where]) operation(x);
  assertIntact();
  tf.engine().endScope();
});

it('a cast to bool takes all but 0 as true, which the stock kernel truncates first', () => {
  const cast = tf.cast(tf.tensor1d([0.5, 0, -0.25, 256, NaN]), 'bool');
  expect(Array.from(cast.dataSync())).toEqual([1, 0, 1, 1, 1]);
});

describe('tensors without values', () => {
  it.each([
    ['sum', 0],
    ['mean', NaN],
    ['prod', 1],
    ['max', -Infinity],
    ['min', Infinity],
  ] as const)('%s of none is %d', async (name, expected) => {
    await tf.setBackend('wasm');
    tf.engine().startScope();
    tf.dispose(tf.fill([3], 7)); // what the stock kernel would find in memory
    const reduced = tf[name](tf.zeros([0, 3]), 0);
    expect(reduced.shape).toEqual([3]);
    expect(Array.from(reduced.dataSync())).toEqual([expected, expected, expected]);
    expect(tf[name](tf.zeros([2, 0]), 1, true).shape).toEqual([2, 1]);
    tf.engine().endScope();
  });

  it('all of none are true, any is not', () => {
    const none = tf.zeros([2, 0], 'bool');
    expect(Array.from(tf.all(none, 1).dataSync())).toEqual([1, 1]);
    expect(Array.from(tf.any(none, 1).dataSync())).toEqual([0, 0]);
  });

  it('gather keeps the axes of a tensor without values', () => {
    expect(tf.gather(tf.zeros([2, 0, 3]), tf.tensor1d([0, 1, 0], 'int32')).shape).toEqual([3, 0, 3]);
  });

  it('a bias that is added to no rows has a gradient of zeros', () => {
    const gradient = tf.grad((bias) => tf.add(tf.zeros([0, 3]), bias))(tf.ones([3]));
    expect(Array.from(gradient.dataSync())).toEqual([0, 0, 0]);
  });
});

describe('windows larger than what they slide over are refused, instead of writing before their result', () => {
  const picture = (): tf.Tensor4D => tf.ones([1, 2, 7, 1]);
  it.each([
    ['conv2d', () => tf.conv2d(picture(), tf.ones([4, 1, 1, 1]), 1, 'valid')],
    ['dilated conv2d', () => tf.conv2d(picture(), tf.ones([3, 2, 1, 1]), 1, 'valid', 'NHWC', 2)],
    ['depthwiseConv2d', () => tf.depthwiseConv2d(picture(), tf.ones([4, 1, 1, 1]), 1, 'valid')],
    ['maxPool', () => tf.maxPool(picture(), 4, 1, 'valid')],
    ['dilated pool', () => tf.pool(picture(), [3, 2], 'max', 'valid', [2, 2])],
  ] as [string, () => tf.Tensor][])('%s', (_, run) => {
    expect(run).toThrow(/a result must have sizes of at least 0, got \[.*-\d.*\]; the filter or window is larger/);
  });
});

describe('maxPoolWithArgmax', () => {
  it('is right where all values are negative, and for every padding', async () => {
    const x = tf.tensor4d([-1, -2, -3, -4, -5, -0.5, -7, -8, -9], [1, 3, 3, 1]);
    const run = async (backend: string, pad: 'same' | 'valid', includeBatchInIndex: boolean) => {
      await tf.setBackend(backend);
      const { result, indexes } = tf.maxPoolWithArgmax(tf.concat([x, tf.mul<tf.Tensor4D>(x, -1)]), 2, 1, pad, includeBatchInIndex);
      return [Array.from(await result.data()), Array.from(await indexes.data()), indexes.dtype];
    };
    for (const pad of ['same', 'valid'] as const)
      for (const includesBatch of [false, true])
        expect(await run('wasm', pad, includesBatch)).toEqual(await run('cpu', pad, includesBatch));
    expect((await run('wasm', 'valid', false)).slice(0, 2)).toEqual([[-1, -0.5, -4, -0.5, 5, 5, 8, 9], [0, 5, 3, 5, 4, 4, 7, 8]]); // prettier-ignore
  });
});
