import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { adamReference, momentumReference } from '../../src/wasm/kernels/optimizers.reference';
import { stockOptimizerReference } from '../../src/wasm/kernels/stock-optimizers.reference';
import type { OptimizerArrays, StockRule } from '../../src/wasm/kernels/stock-optimizers.reference';
import { expectClose } from './expect-close';
import { on } from './on-backend';
import type { ConformanceBackend } from './on-backend';
import { randomNumbers, randomTensor } from './random-tensor';

interface StockOptimizer {
  make(): tf.Optimizer;
  /** A step (t = 1, 2, ...) on plain numbers. */
  reference(arrays: OptimizerArrays, t: number): void;
  /** The first value of a slot; default 0. */
  initialValue?: number;
}

type Numbers = Parameters<typeof stockOptimizerReference>[2];
const by =
  (rule: StockRule, numbers: Numbers): StockOptimizer['reference'] =>
  (arrays, t) =>
    stockOptimizerReference(rule, arrays, { ...numbers, t });

const OPTIMIZERS: Record<string, StockOptimizer> = {
  sgd: { make: () => tf.train.sgd(0.1), reference: by('gradientDescent', { learningRate: 0.1 }) },
  momentum: {
    make: () => tf.train.momentum(0.1, 0.8),
    reference: ({ first: velocity, ...arrays }) =>
      momentumReference({ ...arrays, velocity }, { learningRate: 0.1, momentum: 0.8 }),
  },
  nesterov: {
    make: () => tf.train.momentum(0.1, 0.8, true),
    reference: by('nesterov', { learningRate: 0.1, decay: 0.8 }),
  },
  adam: {
    make: () => tf.train.adam(0.02, 0.8, 0.95),
    reference: (arrays, t) => adamReference(arrays, { t, learningRate: 0.02, beta1: 0.8, beta2: 0.95, epsilon: 1e-7 }),
  },
  rmsprop: {
    make: () => tf.train.rmsprop(0.05, 0.9, 0.5),
    reference: by('rmsProp', { learningRate: 0.05, decay: 0.9, momentum: 0.5, epsilon: 1e-7 }),
  },
  'rmsprop, centred': {
    make: () => tf.train.rmsprop(0.05, 0.9, 0.5, 1e-3, true),
    reference: by('centredRmsProp', { learningRate: 0.05, decay: 0.9, momentum: 0.5, epsilon: 1e-3 }),
  },
  adagrad: {
    make: () => tf.train.adagrad(0.1, 0.3),
    reference: by('adagrad', { learningRate: 0.1, epsilon: 1e-7 }),
    initialValue: 0.3,
  },
  adamax: {
    make: () => tf.train.adamax(0.05, 0.8, 0.9),
    reference: by('adamax', { learningRate: 0.05, momentum: 0.8, decay: 0.9, epsilon: 1e-7 }),
  },
  'adamax, its rate decaying': { make: () => tf.train.adamax(0.05, 0.8, 0.9, 1e-7, 0.1), reference: decayingAdamax },
  adadelta: {
    make: () => tf.train.adadelta(0.5, 0.9, 1e-2),
    reference: by('adadelta', { learningRate: 0.5, decay: 0.9, epsilon: 1e-2 }),
  },
};

function decayingAdamax(arrays: OptimizerArrays, t: number): void {
  const learningRate = 0.05 / (1 + 0.1 * (t - 1));
  stockOptimizerReference('adamax', arrays, { learningRate, momentum: 0.8, decay: 0.9, epsilon: 1e-7, t });
}

/** TensorFlow.js gives no access to Adamax' state. */
const hasState = (optimizer: tf.Optimizer): boolean => optimizer.getClassName() !== 'Adamax';
const COUNTS = [1, 7, 20_003, 5];

/** With small gradients epsilon would dominate, and every backend has its own. */
const gradientsAt = (step: number): tf.Tensor[] => COUNTS.map((count, i) => tf.add(randomTensor([count], 100 * step + i), 1.1));

/** Three steps, then two more after moving the state to a new optimiser; one variable has no gradient in the second step. */
async function train(make: () => tf.Optimizer): Promise<{ values: Float32Array[]; state: [string, Float32Array][] }> {
  const variables = COUNTS.map((count, i) => tf.variable(randomTensor([count], i)));
  let optimizer = make();
  for (let step = 0; step < 5; step++) {
    if (step === 3 && hasState(optimizer)) {
      const weights = (await optimizer.getWeights()).map(({ name, tensor }) => ({ name, tensor: tf.clone(tensor) }));
      optimizer.dispose();
      optimizer = make();
      await optimizer.setWeights(weights);
    }
    const gradients = gradientsAt(step);
    const named = variables.map(({ name }, i) => ({ name, tensor: gradients[i] }));
    if (step === 1) named[3].tensor = null as unknown as tf.Tensor;
    optimizer.applyGradients(named);
    tf.dispose(gradients);
  }
  const values = await Promise.all(variables.map((variable) => variable.data<'float32'>()));
  const weights = hasState(optimizer) ? await optimizer.getWeights() : [];
  const state = await Promise.all(
    weights.map(async ({ name, tensor }) => [name.replace(/.*\//, ''), await tensor.data<'float32'>()] as [string, Float32Array]),
  );
  optimizer.dispose();
  tf.dispose(variables);
  return { values: values.map((value) => value.slice()), state: state.map(([name, value]) => [name, value.slice()]) };
}

/** The values after the same steps on plain numbers. */
function expectedValues({ reference, initialValue = 0 }: StockOptimizer): Float64Array[] {
  return COUNTS.map((count, variable) => {
    const [first, second, third] = [0, 1, 2].map(() => new Float64Array(count).fill(initialValue));
    const value = Float64Array.from(randomNumbers(count, variable));
    for (let step = 0; step < 5; step++) {
      if (step === 1 && variable === 3) continue;
      const gradient = Float64Array.from(randomNumbers(count, 100 * step + variable), (random) => random + 1.1);
      reference({ value, gradient, first, second, third }, step + 1);
    }
    return value;
  });
}

/** TensorFlow.js' own optimisers, against their rules and the cpu backend. */
export function defineStockOptimizers(backend: ConformanceBackend): void {
  it.each(Object.keys(OPTIMIZERS))(
    'train.%s by its rule, and as on the cpu backend, including its state',
    on(backend, async (name) => {
      const current = tf.getBackend();
      const actual = await train(OPTIMIZERS[name].make);
      await tf.setBackend('cpu');
      const expected = await train(OPTIMIZERS[name].make).finally(() => tf.setBackend(current));
      const reference = expectedValues(OPTIMIZERS[name]);
      for (const [i, values] of expected.values.entries()) {
        await expectClose(tf.tensor(actual.values[i]), values, 2e-5);
        await expectClose(tf.tensor(actual.values[i]), reference[i], 2e-5);
      }
      expect(actual.state.map(([slot]) => slot)).toEqual(expected.state.map(([slot]) => slot));
      for (const [i, [, values]] of expected.state.entries()) await expectClose(tf.tensor(actual.state[i][1]), values, 2e-5);
    }),
  );

  it(
    'centred rmsprop stays finite where the gradient does not vary, is 0, or is large',
    on(backend, async () => {
      const value = tf.variable(tf.zeros([3]));
      const optimizer = tf.train.rmsprop(0.01, 0.9, 0, undefined, true);
      for (let step = 0; step < 200; step++) {
        const tensor = tf.tensor1d([0, 1, 300]);
        optimizer.applyGradients([{ name: value.name, tensor }]);
        tensor.dispose();
      }
      const [still, ...moved] = await value.data();
      expect(still).toBe(0);
      expect(moved.every((one) => Number.isFinite(one) && one < 0)).toBe(true);
      value.dispose();
      optimizer.dispose();
    }),
  );

  it(
    'optimisers of TensorFlow.js change variables in place, but no clone, and leave no tensor behind',
    on(backend, async () => {
      const value = tf.variable(randomTensor([50], 1));
      const optimizer = tf.train.adam(0.1);
      const step = () => tf.dispose(optimizer.minimize(() => tf.sum(tf.square(value)) as tf.Scalar, true)!);
      step();
      const { dataId } = value;
      const before = tf.memory().numTensors;
      step();
      expect(value.dataId).toBe(dataId);
      expect(tf.memory().numTensors).toBe(before);
      const clone = tf.clone(value);
      const kept = (await clone.data()).slice();
      step();
      expect(await clone.data()).toEqual(kept);
      expect(await value.data()).not.toEqual(kept);
      tf.dispose([value, clone]);
      optimizer.dispose();
    }),
  );
}
