import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { expectClose } from './expect-close';
import { on } from './on-backend';
import type { ConformanceBackend } from './on-backend';
import { randomTensor } from './random-tensor';

const OPTIMIZERS: Record<string, () => tf.Optimizer> = {
  sgd: () => tf.train.sgd(0.1),
  momentum: () => tf.train.momentum(0.1, 0.8),
  nesterov: () => tf.train.momentum(0.1, 0.8, true),
  adam: () => tf.train.adam(0.02, 0.8, 0.95),
  rmsprop: () => tf.train.rmsprop(0.05, 0.9, 0.5),
  'rmsprop, centred': () => tf.train.rmsprop(0.05, 0.9, 0.5, 1e-6, true),
  adagrad: () => tf.train.adagrad(0.1, 0.3),
  adamax: () => tf.train.adamax(0.05, 0.8, 0.9, 1e-7, 0.1),
  adadelta: () => tf.train.adadelta(0.5, 0.9, 1e-2),
};
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

/** TensorFlow.js' own optimisers, against the cpu backend. */
export function defineStockOptimizers(backend: ConformanceBackend): void {
  it.each(Object.keys(OPTIMIZERS))(
    'train.%s as on the cpu backend, including its state',
    on(backend, async (name) => {
      const current = tf.getBackend();
      const actual = await train(OPTIMIZERS[name]);
      await tf.setBackend('cpu');
      const expected = await train(OPTIMIZERS[name]).finally(() => tf.setBackend(current));
      for (const [i, values] of expected.values.entries()) await expectClose(tf.tensor(actual.values[i]), values, 2e-5);
      expect(actual.state.map(([slot]) => slot)).toEqual(expected.state.map(([slot]) => slot));
      for (const [i, [, values]] of expected.state.entries()) await expectClose(tf.tensor(actual.state[i][1]), values, 2e-5);
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
