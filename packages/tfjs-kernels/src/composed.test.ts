import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-layers';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { batchNormActivation, batchNormActivationInference, biasActivation, createAdam, createMomentum } from './index';

beforeAll(() => tf.setBackend('cpu'));

describe('composed ops', () => {
  it('batchNormActivation normalises', () => {
    const x = tf.randomNormal([4, 3, 2, 5], 3, 2);
    const { y, mean, variance } = batchNormActivation(x, tf.ones([5]), tf.zeros([5]), { epsilon: 1e-9 });
    const moments = tf.moments(x, [0, 1, 2]);
    expect(tf.max(tf.abs(tf.sub(mean, moments.mean))).dataSync()[0]).toBeLessThan(1e-5);
    expect(tf.max(tf.abs(tf.sub(variance, moments.variance))).dataSync()[0]).toBeLessThan(1e-4);
    expect(tf.max(tf.abs(tf.mean(y, [0, 1, 2]))).dataSync()[0]).toBeLessThan(1e-5);
  });

  it('gradients agree with those of ordinary operations', () => {
    const x = tf.randomNormal([4, 3, 2, 5], 3, 2, 'float32', 1);
    const gamma = tf.randomNormal([5], 1, 0.3, 'float32', 2);
    const beta = tf.randomNormal([5], 0, 0.3, 'float32', 3);
    const weight = tf.randomNormal([4, 3, 2, 5], 0, 1, 'float32', 4);
    const ours = tf.grads((a: tf.Tensor, b: tf.Tensor, c: tf.Tensor) =>
      tf.sum(tf.mul(weight, batchNormActivation(a, b, c, { activation: 'leakyRelu' }).y)),
    )([x, gamma, beta]);
    const plain = tf.grads((a: tf.Tensor, b: tf.Tensor, c: tf.Tensor) => {
      const mean = tf.mean(a, [0, 1, 2]);
      const variance = tf.mean(tf.square(tf.sub(a, mean)), [0, 1, 2]);
      const u = tf.add(tf.mul(tf.mul(tf.sub(a, mean), tf.rsqrt(tf.add(variance, 1e-3))), b), c);
      return tf.sum(tf.mul(weight, tf.leakyRelu(u, 0.2)));
    })([x, gamma, beta]);
    ours.forEach((gradient, i) => expect(tf.max(tf.abs(tf.sub(gradient, plain[i]))).dataSync()[0]).toBeLessThan(2e-4));
  });

  it('optimisers and inference ops run', () => {
    const p = tf.variable(tf.tensor1d([1, 2]));
    const adam = createAdam({ variables: [p], learningRate: 0.1 });
    adam.step([tf.tensor1d([0.5, -3])]);
    expect(Array.from(p.dataSync())[0]).toBeCloseTo(0.9, 5);
    const momentum = createMomentum({ variables: [p], learningRate: 0.1 });
    momentum.step([tf.tensor1d([1, 1])]);
    momentum.step([tf.tensor1d([1, 1])]);
    expect(Array.from(p.dataSync())[0]).toBeCloseTo(0.9 - 0.1 - 0.19, 5);
    const c = tf.ones([2]);
    const y = batchNormActivationInference(tf.ones([3, 2]), { gamma: c, beta: c, mean: c, variance: c });
    expect(y.dataSync()[0]).toBeCloseTo(1, 5);
    const db = tf.grads((x: tf.Tensor, b: tf.Tensor) => biasActivation(x, b, { activation: 'tanh' }))([
      tf.zeros([3, 2]),
      tf.zeros([2]),
    ]);
    expect(db[1].dataSync()[0]).toBeCloseTo(3, 5);
  });

  it('gradients agree with central differences', () => {
    const weight = tf.randomNormal([6, 3], 0, 1, 'float32', 7);
    const inputs = [tf.randomNormal([6, 3], 0, 1, 'float32', 8), tf.tensor1d([1.2, 0.7, -0.9]), tf.tensor1d([0.1, -0.4, 0.3])];
    const losses = {
      batchNormActivation: (x: tf.Tensor, a: tf.Tensor, b: tf.Tensor) =>
        batchNormActivation(x, a, b, { activation: 'leakyRelu' }).y,
      'batchNormActivation in groups': (x: tf.Tensor, a: tf.Tensor, b: tf.Tensor) =>
        batchNormActivation(x, a, b, { activation: 'leakyRelu', groups: 2 }).y,
      biasActivation: (x: tf.Tensor, a: tf.Tensor, b: tf.Tensor) => tf.add(biasActivation(x, a, { activation: 'tanh' }), b),
      batchNormActivationInference: (x: tf.Tensor, a: tf.Tensor, b: tf.Tensor) =>
        batchNormActivationInference(x, { gamma: a, beta: b, mean: b, variance: tf.square(a) }, { activation: 'leakyRelu' }),
    };
    for (const [name, apply] of Object.entries(losses)) {
      const loss = (...args: tf.Tensor[]): tf.Scalar => tf.sum(tf.mul(weight, apply(args[0], args[1], args[2])));
      tf.grads(loss)(inputs).forEach((gradient, index) => {
        const values = inputs[index].dataSync();
        const step = 1e-2;
        const shifted = (i: number, by: number) => {
          const moved = tf.tensor(Float32Array.from(values).fill(values[i] + by, i, i + 1), inputs[index].shape);
          return loss(...inputs.map((input, k) => (k === index ? moved : input))).dataSync()[0];
        };
        gradient.dataSync().forEach((got, i) => {
          const numeric = (shifted(i, step) - shifted(i, -step)) / (2 * step);
          expect(Math.abs(got - numeric), `${name}, input ${index}, element ${i}`).toBeLessThan(0.02 * (1 + Math.abs(numeric)));
        });
      });
    }
  });

  it('names arguments that it cannot take', () => {
    const c = tf.ones([3]);
    expect(() => batchNormActivation(tf.ones([2, 3]), tf.ones([2]), c)).toThrow(
      'batchNormActivation: gamma must have the shape [3], got [2]',
    );
    expect(() => batchNormActivation(tf.ones([2, 3], 'int32'), c, c)).toThrow(
      'batchNormActivation: x must be float32, got int32',
    );
    expect(() => batchNormActivation(tf.ones([4, 3]), c, c, { groups: 3 })).toThrow(
      "batchNormActivation: groups must be a whole number that divides x's first axis, 4, got 3",
    );
    expect(() => biasActivation(tf.ones([2, 3]), c, { activation: 'elu' as 'relu' })).toThrow(
      'biasActivation: activation must be one of linear, relu, leakyRelu, tanh, got elu',
    );
    expect(() => biasActivation(tf.ones([2, 3]), c, { alpha: 2 })).toThrow('biasActivation: alpha must be in [0, 1], got 2');
  });
});
