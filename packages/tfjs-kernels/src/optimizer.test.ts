import { readFileSync } from 'node:fs';
import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { createAdam } from './adam';
import { createMomentum } from './momentum';
import type { Optimizer } from './optimizer';

interface Fixture {
  start: number[];
  gradients: number[][];
  adam: number[][];
  momentum: number[][];
}
const fixture = JSON.parse(readFileSync(new URL('../test/fixtures/optimizers.json', import.meta.url), 'utf8')) as Fixture;

const create = {
  adam: (variables: tf.Variable[]) => createAdam({ variables, learningRate: 0.01, beta1: 0.5, beta2: 0.99 }),
  momentum: (variables: tf.Variable[]) => createMomentum({ variables, learningRate: 0.05, momentum: 0.8 }),
};

beforeAll(() => tf.setBackend('cpu'));

describe.each(['adam', 'momentum'] as const)('%s', (name) => {
  it('takes the steps that PyTorch takes', () => {
    const value = tf.variable(tf.tensor1d(fixture.start));
    const optimizer = create[name]([value]);
    fixture.gradients.forEach((gradient, t) => {
      optimizer.step([tf.tensor1d(gradient)]);
      value.dataSync().forEach((got, i) => expect(got).toBeCloseTo(fixture[name][t][i], 6));
    });
    expect(optimizer.variables).toEqual([value]);
  });

  it('continues from a restored state as if never interrupted, and leaks nothing', () => {
    const before = tf.memory().numTensors;
    const variables = [0, 1].map(() => tf.variable(tf.tensor1d(fixture.start)));
    const optimizers: Optimizer[] = variables.map((value) => create[name]([value]));
    const gradients = fixture.gradients.map((gradient) => tf.tensor1d(gradient));
    optimizers[0].step([gradients[0]]);
    const state = optimizers[0].state();
    variables[1].assign(variables[0]);
    optimizers[1].restore(state);
    tf.dispose(state);
    expect(optimizers[1].stepCount).toBe(1);
    for (const gradient of gradients.slice(1)) for (const optimizer of optimizers) optimizer.step([gradient]);
    expect(Array.from(variables[1].dataSync())).toEqual(Array.from(variables[0].dataSync()));
    optimizers.forEach((optimizer) => optimizer.dispose());
    tf.dispose([variables, gradients]);
    expect(tf.memory().numTensors).toBe(before + 2); // each tf.variable(tensor) leaves behind the tensor that it was made from
  });

  it('names what is wrong', () => {
    const value = tf.variable(tf.tensor1d(fixture.start), true, `${name}-checked`);
    const optimizer = create[name]([value]);
    const functionName = name === 'adam' ? 'createAdam' : 'createMomentum';
    expect(() => optimizer.step([])).toThrow(`${functionName}: gradients must be one per variable (1), got 0`);
    expect(() => optimizer.step([tf.ones([4])])).toThrow(
      `${functionName}: gradient 0 must be float32 [5] as ${name}-checked, got float32 [4]`,
    );
    expect(() => optimizer.restore({})).toThrow(`${functionName}: state must hold stepCount as a scalar, got nothing`);
    expect(() => create[name]([])).toThrow(`${functionName}: variables must hold at least one variable, got none`);
  });
});
