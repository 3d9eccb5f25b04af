import '@tensorflow/tfjs-layers';
import * as tf from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasGpu } from '../../../../../test/extras/gpu';
import { biasActivation, createAdam, createMomentum, moveAverages, record } from '../../index';
import type { Optimizer } from '../../index';
import { useWebgpuKernels } from '../index';

const BATCHES = 4;

/** A small convolutional network that learns by any optimiser: its variables, and a step on a batch. */
function network() {
  const normal = (shape: number[], seed: number) => tf.variable(tf.randomNormal(shape, 0, 0.3, 'float32', seed));
  const variables = [normal([3, 3, 2, 4], 1), normal([4], 2), normal([64, 3], 3)];
  const average = tf.variable(tf.zeros([4]));
  const loss = (x: tf.Tensor, y: tf.Tensor): tf.Scalar => {
    const [filter, bias, dense] = variables;
    const convolved = tf.conv2d(x as tf.Tensor4D, filter as tf.Tensor4D, 2, 'same');
    const active = biasActivation(convolved, bias as unknown as tf.Tensor1D, { activation: 'leakyRelu', alpha: 0.2 });
    const logits = tf.matMul(tf.reshape(active, [-1, 64]), dense as tf.Tensor2D);
    return tf.losses.softmaxCrossEntropy(y, logits);
  };
  return { variables, average, loss };
}

/** A variable that shares its memory with no other tensor. */
const variableOf = (values: number[]): tf.Variable => tf.tidy(() => tf.variable(tf.tensor1d(values)));

type Net = ReturnType<typeof network>;

/** One step of ours. */
function ownStep({ variables, average, loss }: Net, optimizer: Optimizer, x: tf.Tensor, y: tf.Tensor): tf.Scalar {
  const { value, grads } = tf.variableGrads(() => loss(x, y), variables);
  optimizer.step(variables.map(({ name }) => grads[name]));
  moveAverages([{ average, values: [variables[1]] }], 0.9);
  return value;
}

const images = (seed: number): Float32Array => Float32Array.from({ length: 3 * 8 * 8 * 2 }, (_, i) => Math.sin(i * seed));
const classes = (seed: number): Float32Array => Float32Array.from({ length: 9 }, (_, i) => (i % 4 === seed % 2 ? 1 : 0));

/** Losses of steps and the values of variables after them, unrecorded. */
async function unrecorded(step: (x: tf.Tensor, y: tf.Tensor) => tf.Scalar, variables: tf.Variable[]) {
  const losses: number[] = [];
  for (let i = 0; i < BATCHES; i++) {
    const value = tf.tidy(() => step(tf.tensor(images(i + 1), [3, 8, 8, 2]), tf.tensor(classes(i), [3, 3])));
    losses.push((await value.data())[0]);
    value.dispose();
  }
  return { losses, values: await Promise.all(variables.map((variable) => variable.data())) };
}

/** The same, of which the first step runs unrecorded, the second is recorded, and the others are replayed. */
async function replayed(step: (x: tf.Tensor, y: tf.Tensor) => tf.Scalar, variables: tf.Variable[]) {
  const [x, y] = [tf.tensor(images(1), [3, 8, 8, 2]), tf.tensor(classes(0), [3, 3])];
  const first = tf.tidy(() => step(x, y));
  const losses = [(await first.data())[0]];
  x.dispose();
  y.dispose();
  const inputs = [tf.tensor(images(2), [3, 8, 8, 2]), tf.tensor(classes(1), [3, 3])];
  const recorded = await record(() => step(inputs[0], inputs[1]), { inputs });
  losses.push((await recorded.outputs.data())[0]);
  for (let i = 2; i < BATCHES; i++) {
    recorded.write(inputs[0], images(i + 1));
    recorded.write(inputs[1], classes(i));
    recorded.replay();
    losses.push((await recorded.outputs.data())[0]);
  }
  const values = await Promise.all(variables.map((variable) => variable.data()));
  recorded.dispose();
  tf.dispose([first, inputs]);
  return { losses, values };
}

function defineRecording(): void {
  beforeAll(async () => void (await useWebgpuKernels()));
  afterAll(() => tf.disposeVariables());

  const own = {
    createAdam,
    createMomentum: (options: Parameters<typeof createAdam>[0]) => createMomentum({ ...options, momentum: 0.9 }),
  };
  it.each(Object.entries(own))('a replayed step with %s equals an unrecorded one to the bit', async (_, create) => {
    const run = async (how: typeof replayed) => {
      const net = network();
      const optimizer = create({ variables: net.variables, learningRate: 0.05 });
      return how((x, y) => ownStep(net, optimizer, x, y), [...net.variables, net.average]);
    };

    expect(await run(replayed)).toEqual(await run(unrecorded));
  });

  const stock = {
    adam: () => tf.train.adam(0.05),
    sgd: () => tf.train.sgd(0.1),
    momentum: () => tf.train.momentum(0.05, 0.9),
    rmsprop: () => tf.train.rmsprop(0.01),
  };
  it.each(Object.entries(stock))(
    'a replayed step with tf.train.%s, which assigns variables, equals an unrecorded one',
    async (_, create) => {
      const run = async (how: typeof replayed) => {
        const net = network();
        const optimizer = create();
        return how((x, y) => optimizer.minimize(() => net.loss(x, y), true, net.variables)!, net.variables);
      };

      expect(await run(replayed)).toEqual(await run(unrecorded));
    },
  );
  it('gives its memory back, and keeps the memory that tensors still have', async () => {
    const before = tf.memory().numTensors;
    const x = tf.tensor1d([1, 2, 3]);
    const value = variableOf([1, 1, 1]);
    const recorded = await record(() => (value.assign(tf.add(value, x)), tf.mul(value, 2)), { inputs: [x] });
    recorded.replay();
    recorded.dispose();
    recorded.dispose();
    const others = tf.tidy(() => Array.from({ length: 8 }, (_, i) => tf.add(x, i)).map((other) => tf.mul(other, 10)));
    expect(Array.from(await value.data())).toEqual([3, 5, 7]);
    tf.dispose([others, x, value]);
    expect(tf.memory().numTensors).toBe(before);
    expect(() => recorded.replay()).toThrow('Recorded.replay: the recording must not be disposed of');
  });

  it('keeps constants of the step, and tensors from outside it that are disposed of later', async () => {
    const x = tf.tensor1d([1, 2]);
    const outside = tf.tensor1d([10, 20]);
    const step = () => {
      const sum = tf.add(x, tf.tensor1d([3, 4]));
      const product = tf.mul(sum, outside);
      return tf.sub(product, tf.tensor1d([1, 1]));
    };
    const recorded = await record(() => tf.tidy(step), { inputs: [x] });
    outside.dispose();
    const others = Array.from({ length: 20 }, (_, i) => tf.tensor1d([i, -i]));
    tf.tidy(() => others.reduce<tf.Tensor>((sum, other) => tf.add(sum, other), tf.zeros([2])));
    recorded.write(x, new Float32Array([5, 6]));
    recorded.replay();
    expect(Array.from(await recorded.outputs.data())).toEqual([79, 199]);
    recorded.dispose();
    tf.dispose([x, others]);
  });

  it('needs only the variables that the step uses', async () => {
    const [used, other] = [variableOf([1, 2]), variableOf([3, 4])];
    const recorded = await record(() => tf.add(used, 1), { inputs: [] });
    other.dispose();
    used.assign(tf.tidy(() => tf.add(used, 0)));
    expect(() => recorded.replay()).toThrow(`the variable ${used.name}`);
    recorded.dispose();
    used.dispose();
  });

  it('swaps variables at each replay', async () => {
    const [a, b] = [variableOf([1]), variableOf([2])];
    const step = () => {
      const [oldA, oldB] = [tf.clone(a), tf.clone(b)];
      a.assign(oldB);
      b.assign(oldA);
      return [];
    };
    const recorded = await record(step, { inputs: [] });
    expect([await a.data(), await b.data()].map(([value]) => value)).toEqual([2, 1]);
    recorded.replay();
    expect([await a.data(), await b.data()].map(([value]) => value)).toEqual([1, 2]);
    recorded.dispose();
    tf.dispose([a, b]);
  });

  it('takes a new learning rate at the next replay', async () => {
    const value = variableOf([10]);
    const gradient = tf.tensor1d([1]);
    const optimizer = createMomentum({ variables: [value], learningRate: 1, momentum: 0 });
    const recorded = await record(() => (optimizer.step([gradient]), []), { inputs: [] });
    optimizer.learningRate = 4;
    recorded.replay();
    expect(Array.from(await value.data())).toEqual([5]);
    expect(optimizer.stepCount).toBe(2);
    recorded.dispose();
  });

  it('refuses what a replay could not repeat', async () => {
    const x = tf.tensor1d([1, 2]);
    const rejected = (step: () => tf.TensorContainer, message: string) =>
      expect(record(step, { inputs: [x] })).rejects.toThrow(message);
    await rejected(() => (tf.add(x, 1).dataSync(), []), 'record: step must not read a tensor');
    await rejected(
      () => (
        void tf
          .add(x, 1)
          .data()
          .catch(() => undefined),
        []
      ),
      'record: step must not read a tensor',
    );
    await rejected((async () => tf.add(x, 1)) as never, 'record: step must be synchronous');
    await rejected(() => tf.variable(tf.zerosLike(x), true, 'late'), 'record: step must not create variables, but created late');
    await rejected(() => {
      throw new Error('of the step itself');
    }, 'of the step itself');
    const value = variableOf([1]);
    await rejected(() => {
      const old = tf.clone(value);
      value.assign(tf.add(value, 1));
      return old;
    }, 'record: an output must not share the memory of a variable');
    expect(Array.from(await tf.add(x, 1).data())).toEqual([2, 3]); // the backend works as before
  });

  it('refuses values that do not fit, and variables that have moved or are gone', async () => {
    const [x, other] = [tf.tensor1d([1, 2]), tf.tensor1d([1, 2])];
    const value = variableOf([1, 1]);
    const recorded = await record(() => tf.add(x, value), { inputs: [x] });
    expect(() => recorded.write(other, new Float32Array(2))).toThrow('input must be one of the inputs');
    expect(() => recorded.write(x, new Float32Array(3))).toThrow(
      'a Float32Array of 2 for an input of shape [2], got a Float32Array of 3',
    );
    expect(() => recorded.write(x, new Int32Array(2))).toThrow('got a Int32Array of 2');
    value.assign(tf.tensor1d([5, 5]));
    expect(() => recorded.replay()).toThrow(`the variable ${value.name} must have the memory that was recorded`);
    value.dispose();
    expect(() => recorded.replay()).toThrow(`the variable ${value.name} must still exist`);
    recorded.dispose();
  });
}

if (hasGpu('replays')) describe('on webgpu', defineRecording);
else it.skip('webgpu: there is no GPU', () => undefined);
