import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import {
  batchNormActivation,
  batchNormActivationInference,
  biasActivation,
  createAdam,
  createMomentum,
  moveAverages,
} from '../../src/index';
import { biasActivationReference, groupedBatchNormReference } from '../../src/wasm/kernels/channels.reference';
import { adamReference, momentumReference } from '../../src/wasm/kernels/optimizers.reference';
import { convolve, expectedConvolution } from './convolution-cases';
import { defineCopies } from './define-copies';
import { defineFusedConvolution } from './define-fused-convolution';
import { defineL1Loss } from './define-l1-loss';
import { defineMatMul } from './define-mat-mul';
import { defineStockBatchNorm } from './define-stock-batch-norm';
import { defineStockGradients } from './define-stock-gradients';
import { defineStockOptimizers } from './define-stock-optimizers';
import { defineTrainingKernels } from './define-training-kernels';
import { expectClose } from './expect-close';
import { on, read } from './on-backend';
import type { ConformanceBackend } from './on-backend';
import { randomNumbers, randomTensor } from './random-tensor';

/** Every kernel of this package against its scalar reference, on one backend. */
export function defineConformance(backend: ConformanceBackend): void {
  describe(backend.name, () => {
    if (backend.convolutions.length > 0) {
      defineConvolutions(backend);
      defineRefusals(backend);
    }
    if (backend.replacesStock) {
      defineCopies(backend);
      defineMatMul(backend);
      defineFusedConvolution(backend);
      defineTrainingKernels(backend);
      defineStockBatchNorm(backend);
      defineStockGradients(backend);
    }
    if (backend.replacesOptimizers) defineStockOptimizers(backend);
    defineBatchNorm(backend);
    defineBias(backend);
    defineAdd(backend);
    defineL1Loss(backend);
    defineOptimizers(backend);
    defineBookkeeping(backend);
  });
}

function defineConvolutions(backend: ConformanceBackend): void {
  it.each(backend.convolutions)(
    'convolution %j %j %j %j→%j, %jx%j, strides %j, pad %j',
    on(backend, async (...shape) => {
      const expected = await expectedConvolution(shape);
      const results = convolve(shape);
      await expectClose(results.forward, expected.forward, 1e-5);
      await expectClose(results.inputGradient, expected.inputGradient, 1e-5);
      await expectClose(results.filterGradient, expected.filterGradient, 1e-5);
    }),
  );
}

function defineRefusals(backend: ConformanceBackend): void {
  it(
    'a gradient with a shape other than the output is refused, instead of reading beyond it',
    on(backend, async () => {
      const [dy, filter] = [tf.ones<tf.Rank.R4>([1, 4, 4, 8]), tf.ones<tf.Rank.R4>([3, 3, 8, 8])];
      const refusal = (kernel: string) =>
        backend.refusal ??
        `${kernel} (${tf.getBackend()}): dy must have the shape of the output, [1, 16, 16, 8], got [1, 4, 4, 8]`;
      expect(() => tf.conv2dTranspose(dy, filter, [1, 16, 16, 8], 1, 'same')).toThrow(refusal('Conv2DBackpropInput'));
      const x = tf.ones([1, 16, 16, 8]);
      const attrs = { strides: 1, pad: 'same', dataFormat: 'NHWC', filterShape: filter.shape };
      expect(() => tf.engine().runKernel('Conv2DBackpropFilter', { x, dy }, attrs)).toThrow(refusal('Conv2DBackpropFilter'));
    }),
  );
}

type BatchNormCase = [shape: number[], groups: number, activation: 'linear' | 'relu' | 'leakyRelu', mean: number];

function defineBatchNorm(backend: ConformanceBackend): void {
  const cases: BatchNormCase[] = [
    [[16, 1, 1, 5], 1, 'leakyRelu', 0],
    [[16, 1, 1, 5], 4, 'leakyRelu', 0],
    [[3, 5, 7, 1], 1, 'relu', 0],
    [[3, 5, 7, 1], 3, 'relu', 0],
    [[2, 3], 1, 'linear', 0],
    [[4, 33, 20, 16], 1, 'leakyRelu', 100],
    [[4, 33, 20, 16], 2, 'leakyRelu', 100],
    [[2, 40, 40, 6], 1, 'relu', -3],
    [[6, 40, 40, 6], 3, 'relu', -3],
    [[300, 70], 1, 'leakyRelu', 5],
    [[300, 70], 5, 'leakyRelu', 5],
  ];
  it.each(cases)(
    'batchNormActivation %j in %d groups, %s, mean %j',
    on(backend, async (shape, groups, activation, mean) => {
      const channels = shape[shape.length - 1];
      const shifts = tf.reshape(tf.range(mean, mean + groups), [groups, ...shape.map(() => 1)]); // each group has its own mean
      const blocks = tf.reshape(randomTensor(shape, 4), [groups, shape[0] / groups, ...shape.slice(1)]);
      const x = tf.reshape(tf.add(blocks, shifts), shape);
      const [dy, gamma, beta] = [randomTensor(shape, 5), tf.add(randomTensor([channels], 6), 1.5), randomTensor([channels], 7)];
      const options = { activation, alpha: 0.2, epsilon: 1e-3, groups };
      let statistics: tf.Tensor[] = [];
      const f = (...inputs: tf.Tensor[]) => {
        const result = batchNormActivation(inputs[0], inputs[1], inputs[2], options);
        statistics = [tf.keep(result.mean), tf.keep(result.variance)];
        return result.y;
      };
      const { value, grads } = tf.valueAndGrads(f)([x, gamma, beta], dy);
      const [xs, dys, gammas, betas] = await read([x, dy, gamma, beta]);
      const expected = groupedBatchNormReference(xs, dys, gammas, betas, options);
      expect(statistics.map((each) => each.shape)).toEqual(Array(2).fill(groups === 1 ? [channels] : [groups, channels]));
      await expectClose(value, expected.y, 1e-4);
      await expectClose(statistics[0], expected.mean, 1e-6 * (backend.errorFactor ?? 1), 1);
      await expectClose(statistics[1], expected.variance, 1e-4);
      await expectClose(grads[0], expected.dx, 1e-4);
      await expectClose(grads[1], expected.dGamma, 1e-4);
      await expectClose(grads[2], expected.dBeta, 1e-4);
      tf.dispose(statistics);
    }),
  );

  // Where the arithmetic is not ours, the order of a sum may follow from the number of samples.
  const { errorFactor } = backend;
  it(
    `batchNormActivation of a group is that of its samples alone, ${errorFactor ? 'within rounding' : 'to the bit'}`,
    on(backend, async () => {
      const [gamma, beta] = [randomTensor([7], 6), randomTensor([7], 7)];
      const x = randomTensor([6, 30, 50, 7], 4);
      const together = batchNormActivation(x, gamma, beta, { groups: 3 }).y;
      for (const [group, block] of tf.split(together, 3).entries()) {
        const alone = batchNormActivation(tf.slice(x, group * 2, 2), gamma, beta).y;
        if (errorFactor) await expectClose(block, await alone.data(), 1e-6 * errorFactor);
        else expect(await block.data()).toEqual(await alone.data());
      }
    }),
  );

  it(
    'batchNormActivationInference is the affine map of its statistics',
    on(backend, async () => {
      const x = randomTensor([3, 5, 6], 11);
      const vectors = [12, 13, 14, 15].map((seed) => randomTensor([6], seed));
      const [gamma, beta, mean, variance] = [...vectors.slice(0, 3), tf.abs(vectors[3])];
      const y = batchNormActivationInference(x, { gamma, beta, mean, variance }, { activation: 'leakyRelu' });
      const [a, g, b, m, v] = await read([x, gamma, beta, mean, variance]);
      const expected = a.map((value, i) => {
        const u = (g[i % 6] * (value - m[i % 6])) / Math.sqrt(v[i % 6] + 1e-3) + b[i % 6];
        return u > 0 ? u : 0.2 * u;
      });
      await expectClose(y, expected, 1e-6);
    }),
  );
}

type BiasCase = [shape: number[], activation: 'linear' | 'relu' | 'leakyRelu' | 'tanh'];

function defineBias(backend: ConformanceBackend): void {
  const cases: BiasCase[] = [
    [[5, 3], 'tanh'],
    [[2, 9, 9, 3], 'tanh'],
    [[4, 40, 30, 3], 'tanh'],
    [[4, 20, 30, 1], 'leakyRelu'],
    [[2, 40, 40, 16], 'tanh'],
    [[3, 20, 1], 'leakyRelu'],
    [[64, 6], 'relu'],
    [[7, 9], 'linear'],
  ];
  it.each(cases)(
    'biasActivation %j %s',
    on(backend, async (shape, activation) => {
      const channels = shape[shape.length - 1];
      const [x, dy, bias] = [tf.mul(randomTensor(shape, 8), 12), randomTensor(shape, 9), randomTensor([channels], 10)];
      const options = { activation, alpha: 0.3 };
      const { value, grads } = tf.valueAndGrads((...inputs) => biasActivation(inputs[0], inputs[1], options))([x, bias], dy);
      const [xs, dys, biases] = await read([x, dy, bias]);
      const expected = biasActivationReference(xs, dys, biases, options);
      await expectClose(value, expected.y, 5e-7 * (backend.errorFactor ?? 1));
      await expectClose(grads[0], expected.dx, 1e-5 * (backend.errorFactor ?? 1));
      await expectClose(grads[1], expected.dBias, 1e-5 * (backend.errorFactor ?? 1));
    }),
  );
}

function defineAdd(backend: ConformanceBackend): void {
  it(
    'add, sub and mul combine tensors of equal shapes, and still broadcast',
    on(backend, async () => {
      const [a, b, c] = [randomTensor([3, 110, 101], 16), randomTensor([3, 110, 101], 17), randomTensor([101], 18)];
      const [x, y, z] = await read([a, b, c]);
      await expectClose(tf.add(a, b), x.map((value, i) => value + y[i]), 1e-7); // prettier-ignore
      await expectClose(tf.add(a, c), x.map((value, i) => value + z[i % 101]), 1e-7); // prettier-ignore
      await expectClose(tf.sub(a, b), x.map((value, i) => value - y[i]), 1e-7); // prettier-ignore
      await expectClose(tf.sub(a, 0.3), x.map((value) => value - Math.fround(0.3)), 1e-7); // prettier-ignore
      await expectClose(tf.sub(0.3, a), x.map((value) => Math.fround(0.3) - value), 1e-7); // prettier-ignore
      await expectClose(tf.mul(a, b), x.map((value, i) => value * y[i]), 1e-7); // prettier-ignore
      await expectClose(tf.mul(0.3, a), x.map((value) => value * Math.fround(0.3)), 1e-7); // prettier-ignore
      await expectClose(tf.mul(a, c), x.map((value, i) => value * z[i % 101]), 1e-7); // prettier-ignore
    }),
  );
}

/** A variable's values, its gradient and its slots, as the references keep them. */
const stateOf = (count: number, seed: number) => ({
  value: Float64Array.from(randomNumbers(count, seed)),
  gradient: new Float64Array(count),
  ...{ first: new Float64Array(count), second: new Float64Array(count), velocity: new Float64Array(count) },
});

function defineOptimizers(backend: ConformanceBackend): void {
  it(
    'optimisers follow their rules, in place or not',
    on(backend, async () => {
      const counts = [1, 3, 40_001, 5, 7];
      const variables = counts.map((count, i) => tf.variable(randomTensor([count], 20 + i)));
      const adam = createAdam({ variables, learningRate: 0.01, beta1: 0.5 });
      const momentum = createMomentum({ variables, learningRate: 0.02 });
      const expected = counts.map((count, i) => stateOf(count, 20 + i));
      for (let t = 1; t <= 3; t++) {
        const gradients = counts.map((count, i) => randomTensor([count], 30 + 10 * t + i));
        const snapshot = variables[2].clone();
        const before = (await snapshot.data()).slice();
        adam.step(gradients);
        momentum.step(gradients);
        expect(await snapshot.data()).toEqual(before);
        tf.dispose([snapshot, ...gradients]);
        for (const [i, state] of expected.entries()) {
          state.gradient = Float64Array.from(randomNumbers(counts[i], 30 + 10 * t + i));
          adamReference(state, { t, learningRate: 0.01, beta1: 0.5, beta2: 0.999, epsilon: 1e-8 });
          momentumReference(state, { learningRate: 0.02, momentum: 0.9 });
          await expectClose(variables[i], state.value, 1e-5);
        }
      }
      adam.dispose();
      momentum.dispose();
      tf.dispose(variables);
    }),
  );

  it(
    'moving averages move towards the mean of their values, in place or not',
    on(backend, async () => {
      const cases = [
        { count: 40_001, values: 1 },
        { count: 3, values: 1 },
        { count: 5, values: 3 },
        { count: 1, values: 3 },
        { count: 4, values: 2 },
      ];
      const averages = cases.map(({ count }, i) => tf.variable(randomTensor([count], 70 + i), false));
      const valuesOf = (i: number) => Array.from({ length: cases[i].values }, (_, v) => 80 + 10 * i + v);
      const moves = averages.map((average, i) => ({
        average,
        values: valuesOf(i).map((seed) => randomTensor([cases[i].count], seed)),
      }));
      const snapshot = averages[2].clone();
      const before = (await snapshot.data()).slice();
      moveAverages(moves, 0.9);
      expect(await snapshot.data()).toEqual(before);
      for (const [i, { count }] of cases.entries()) {
        const rows = valuesOf(i).map((seed) => randomNumbers(count, seed));
        const mean = (at: number) => rows.reduce((sum, row) => sum + row[at], 0) / rows.length;
        const expected = Array.from(randomNumbers(count, 70 + i), (value, at) => 0.9 * value + 0.1 * mean(at));
        await expectClose(averages[i], expected, 1e-6);
      }
      tf.dispose([snapshot, averages, ...moves.map(({ values }) => values)]);
    }),
  );

  it(
    'moving averages move towards rows of a tensor, in place or not',
    on(backend, async () => {
      const averages = [70, 71, 72].map((seed) => tf.variable(randomTensor([40_003], seed), false));
      const held = averages[2].clone(); // prevents a change in place
      const tensor = tf.stack([80, 81].map((seed) => randomTensor([40_003], seed)));
      moveAverages(
        [
          [{ tensor, row: 0 }],
          [{ tensor, row: 1 }],
          [
            { tensor, row: 1 },
            { tensor, row: 0 },
          ],
        ].map((values, i) => ({
          ...{ average: averages[i], values },
        })),
        0.9,
      );
      const [first, second] = [80, 81].map((seed) => randomNumbers(40_003, seed));
      const targets = [(i: number) => first[i], (i: number) => second[i], (i: number) => (first[i] + second[i]) / 2];
      for (const [i, target] of targets.entries()) {
        const expected = Array.from(randomNumbers(40_003, 70 + i), (value, at) => 0.9 * value + 0.1 * target(at));
        await expectClose(averages[i], expected, 1e-6);
      }
      tf.dispose([held, tensor, averages]);
    }),
  );

  it(
    'an optimiser continues from its state, to the bit',
    on(backend, async () => {
      const variables = [0, 1].map(() => tf.variable(randomTensor([2000], 60)));
      const optimizers = variables.map((variable) => createAdam({ variables: [variable], learningRate: 0.01 }));
      optimizers[0].step([randomTensor([2000], 61)]);
      optimizers[1].restore(optimizers[0].state());
      variables[1].assign(variables[0].clone());
      for (const optimizer of optimizers) optimizer.step([randomTensor([2000], 62)]);
      const [interrupted, quiet] = await read(variables);
      expect(quiet).toEqual(interrupted);
      optimizers.forEach((optimizer) => optimizer.dispose());
      tf.dispose(variables);
    }),
  );
}

function defineBookkeeping(backend: ConformanceBackend): void {
  it(
    'leaves no tensor behind',
    on(backend, async () => {
      const before = tf.memory().numTensors;
      tf.tidy(() => {
        const filter = randomTensor([3, 3, 2, 4], 50) as tf.Tensor4D;
        tf.grad((x) => batchNormActivation(tf.conv2d(x as tf.Tensor4D, filter, 2, 'same'), tf.ones([4]), tf.zeros([4])).y)(
          randomTensor([2, 6, 6, 2], 51),
        );
      });
      expect(tf.memory().numTensors).toBe(before);
    }),
  );
}
