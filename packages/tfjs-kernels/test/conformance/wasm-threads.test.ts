import '@tensorflow/tfjs-layers';
import * as tf from '@tensorflow/tfjs-core';
import type { Tensor } from '@tensorflow/tfjs-core';
import { describe, expect, it, vi } from 'vitest';
import { batchNormActivation, biasActivation, createAdam, createMomentum, l1Loss, moveAverages } from '../../src/index';
import { Operation } from '../../src/wasm/generated/job-fields';
import { useWasmKernels } from '../../src/wasm/index';
import { compileVariant, enableEngineFeatures, VARIANTS } from '../../src/wasm/variants';
import { CONVOLUTIONS, convolve } from './convolution-cases';
import type { ConvolutionCase } from './convolution-cases';
import { randomTensor } from './random-tensor';
import { poisonHeap } from './wasm-row';

/** Numbers of the operations that ran on all threads since it was last cleared. */
const shared = new Set<number>();

vi.mock('../../src/wasm/thread-pool', async (importOriginal) => {
  const original = await importOriginal<typeof import('../../src/wasm/thread-pool')>();
  const createThreadPool: typeof original.createThreadPool = async (...args) => {
    const pool = await original.createThreadPool(...args);
    const { run } = pool;
    pool.run = (operation, job, jobs, alone) => {
      if (!alone) shared.add(operation);
      run(operation, job, jobs, alone);
    };
    return pool;
  };
  return { ...original, createThreadPool };
});

type Computation = () => Tensor[];

const convolution =
  (shape: ConvolutionCase): Computation =>
  () =>
    Object.values(convolve(shape));

/** Sums too long for short sums, and filters that minimal filtering does not cover. */
const direct = convolution([2, 12, 13, 65, 24, 4, 4, 1, 'valid']);
const fewChannels = convolution([16, 32, 32, 3, 16, 5, 5, 2, 'same']);
const minimalFiltering = convolution([4, 24, 40, 16, 32, 5, 5, 2, 'same']);
/** So many channels that the patches are transformed beforehand. */
const manyChannels = convolution([2, 16, 20, 32, 72, 5, 5, 2, 'same']);
/** Further paths of the same operations: few output channels, copied rows. */
const more = [26, 32].map((row) => convolution(CONVOLUTIONS[row]));

const gradientsOf = (f: (...inputs: Tensor[]) => Tensor, ...shapes: number[][]): Tensor[] => {
  const { value, grads } = tf.valueAndGrads(f)(shapes.map((shape, i) => randomTensor(shape, i + 1)));
  return [value, ...grads];
};

const batchNorm: Computation = () =>
  gradientsOf((x, gamma, beta) => batchNormActivation(x, gamma, beta, { activation: 'relu' }).y, [4, 24, 30, 16], [16], [16]);
const bias: Computation = () => gradientsOf((x, b) => biasActivation(x, b, { activation: 'tanh' }), [4, 24, 30, 16], [16]);
const onPicture =
  (f: (x: tf.Tensor4D) => Tensor): Computation =>
  () =>
    gradientsOf((x) => f(x as tf.Tensor4D), [9, 16, 12, 33]);
const maxPool = onPicture((x) => tf.maxPool(x, 3, 2, 'same'));
const averagePool = onPicture((x) => tf.avgPool(x, 3, 2, 'same'));
const depthwise: Computation = () =>
  gradientsOf((x, w) => tf.depthwiseConv2d(x as tf.Tensor4D, w as tf.Tensor4D, 1, 'same'), [9, 16, 12, 33], [3, 3, 33, 2]);
const depthwiseWithBias: Computation = () => {
  const [x, filter] = [randomTensor([9, 16, 12, 33], 1), randomTensor([3, 3, 33, 2], 2)] as tf.Tensor4D[];
  return [tf.fused.depthwiseConv2d({ x, filter, strides: 1, pad: 'same', bias: randomTensor([66], 3), activation: 'relu' })];
};
const volume: Computation = () =>
  gradientsOf((x, w) => tf.conv3d(x as tf.Tensor5D, w as tf.Tensor5D, 1, 'same'), [2, 4, 6, 6, 5], [3, 3, 3, 5, 7]);
const clip: Computation = () => gradientsOf((x) => tf.clipByValue(x, -0.5, 0.5), [40_003]);
const add: Computation = () => [tf.add(randomTensor([40_003], 1), randomTensor([40_003], 2))];
const l1: Computation = () => gradientsOf((x) => l1Loss(x, randomTensor([1, 20_001], 9)), [3, 20_001]);
const copies: Computation = () => {
  const [a, b] = [randomTensor([300, 130], 1), randomTensor([300, 41], 2)] as tf.Tensor2D[];
  return [tf.concat([a, b], 1), ...tf.split(a, [100, 20, 180]), ...tf.split(a, [1, 129], 1)];
};
const sums: Computation = () => [tf.sum(randomTensor([300, 130], 1), 0)];
const segments: Computation = () => {
  const ids = tf.tensor1d(Array.from({ length: 3000 }, (_, i) => (i * 7) % 45), 'int32'); // prettier-ignore
  return [tf.unsortedSegmentSum(randomTensor([3000, 33], 1) as tf.Tensor2D, ids, 45)];
};
const products: Computation = () => [
  tf.matMul(randomTensor([70, 300], 42), randomTensor([300, 90], 43)),
  tf.matMul(randomTensor([3000, 20], 44), randomTensor([3000, 30], 45), true),
];

/** A variable after two updates. */
const updates =
  (makeStep: (variable: tf.Variable) => (gradient: Tensor) => void): Computation =>
  () => {
    const variable = tf.variable(randomTensor([20_003], 1));
    const step = makeStep(variable);
    for (const seed of [2, 3]) step(randomTensor([20_003], seed));
    return [variable];
  };
const stockStep = (variable: tf.Variable) => {
  const optimizer = tf.train.rmsprop(0.01);
  return (gradient: Tensor) => optimizer.applyGradients([{ name: variable.name, tensor: gradient }]);
};

/** Operations that take a whole job at once, on one thread. */
const WHOLE = {
  ...{ mergeStatistics: true, normalisationScale: true, mergeGradientSums: true, mergeColumnSums: true },
  ...{ repeatShift: true, mergeAbsoluteErrors: true },
} satisfies Partial<Record<keyof typeof Operation, true>>;

/** What shares each other operation among the threads. */
const COMPUTATIONS: Record<Exclude<keyof typeof Operation, keyof typeof WHOLE>, Computation> = {
  ...{ convolution: direct, filterGradient: direct, sumSlices: fewChannels, shortSums: fewChannels },
  ...{ winogradData: manyChannels, winogradFilters: minimalFiltering, winogradForward: minimalFiltering },
  ...{ winogradInputGradient: minimalFiltering, winogradFilterGradient: minimalFiltering },
  ...{ batchNormStatistics: batchNorm, batchNormGradientSums: batchNorm, batchNormGradient: batchNorm },
  ...{ scaleShiftActivation: batchNorm, biasActivation: bias, biasActivationGradient: bias, columnSums: sums },
  ...{ absoluteErrors: l1, absoluteErrorGradient: l1, copy: copies },
  ...{ add, clip, clipGradient: clip, matMul: products, segmentSum: segments, finish: depthwiseWithBias },
  ...{ maxPool, maxPoolGradient: maxPool, averagePool, averagePoolGradient: averagePool },
  ...{ depthwise, depthwiseInputGradient: depthwise, depthwiseFilterGradient: depthwise, convolution3DInputGradient: volume },
  adam: updates((variable) => (gradient) => createAdam({ variables: [variable], learningRate: 0.01 }).step([gradient])),
  momentum: updates((variable) => (gradient) => createMomentum({ variables: [variable], learningRate: 0.01 }).step([gradient])),
  movingAverage: updates((variable) => (value) => moveAverages([{ average: variable, values: [value] }], 0.9)),
  stockOptimizer: updates(stockStep),
};

const bytesOf = (compute: Computation): Buffer[] =>
  tf.tidy(() => compute().map((tensor) => Buffer.from(tensor.dataSync<'float32'>().buffer)));

enableEngineFeatures();

it('every operation is listed with a computation that shares it among the threads', async () => {
  expect([...Object.keys(COMPUTATIONS), ...Object.keys(WHOLE)].sort()).toEqual(Object.keys(Operation).sort());
  const kernels = await useWasmKernels({ variant: 'repeatable', threads: 2 });
  const alone = Object.entries(COMPUTATIONS).filter(([name, compute]) => {
    shared.clear();
    bytesOf(compute);
    return !shared.has(Operation[name as keyof typeof Operation]);
  });
  expect(alone.map(([name]) => name)).toEqual([]);
  await kernels.dispose();
});

describe.each(VARIANTS.filter((variant) => compileVariant(variant)))('%s', (variant) => {
  it('results do not depend on the number of threads, to the bit', { timeout: 600_000 }, async () => {
    const computations = [...new Set(Object.values(COMPUTATIONS)), ...more];
    let expected: Buffer[] | undefined;
    for (const threads of [3, 1, 2]) {
      const kernels = await useWasmKernels({ variant, threads });
      poisonHeap();
      const results = computations.flatMap(bytesOf);
      expected ??= results;
      results.forEach((bytes, i) => expect(Buffer.compare(bytes, expected![i]), `result ${i}, ${threads} threads`).toBe(0));
      await kernels.dispose();
    }
  });
});
