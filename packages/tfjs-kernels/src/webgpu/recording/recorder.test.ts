import '@tensorflow/tfjs-layers';
import * as tf from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasGpu } from '../../../../../test/extras/gpu';
import { defineRefusals, defineReplays, recording, useRecordingFixture, v, values, x } from '../../../test/recording-cases';
import { biasActivation, createAdam, createMomentum, moveAverages, record } from '../../index';
import type { Optimizer } from '../../index';
import { useWebgpuKernels } from '../index';
import type { OpenBackend } from '../open-backend';

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

/** TensorFlow.js has a method for it only where the rate is in a tensor. */
function setRate(optimizer: tf.Optimizer, learningRate: number): void {
  if ('setLearningRate' in optimizer) (optimizer as tf.SGDOptimizer).setLearningRate(learningRate);
  else Object.assign(optimizer, { learningRate });
}

const images = (seed: number): Float32Array => Float32Array.from({ length: 3 * 8 * 8 * 2 }, (_, i) => Math.sin(i * seed));
const classes = (seed: number): Float32Array => Float32Array.from({ length: 9 }, (_, i) => (i % 4 === seed % 2 ? 1 : 0));

type Step = (x: tf.Tensor, y: tf.Tensor) => tf.Scalar;

/** Losses of steps and the values of variables after them, unrecorded. `before` is called before the last two. */
async function unrecorded(step: Step, variables: tf.Variable[], before?: () => void) {
  const losses: number[] = [];
  for (let i = 0; i < BATCHES; i++) {
    if (i === 2) before?.();
    const value = tf.tidy(() => step(tf.tensor(images(i + 1), [3, 8, 8, 2]), tf.tensor(classes(i), [3, 3])));
    losses.push((await value.data())[0]);
    value.dispose();
  }
  return { losses, values: await Promise.all(variables.map((variable) => variable.data())) };
}

/** The same, of which the first step runs unrecorded, the second is recorded, and the others are replayed. */
async function replayed(step: Step, variables: tf.Variable[], before?: () => void) {
  const [x, y] = [tf.tensor(images(1), [3, 8, 8, 2]), tf.tensor(classes(0), [3, 3])];
  const first = tf.tidy(() => step(x, y));
  const losses = [(await first.data())[0]];
  x.dispose();
  y.dispose();
  const inputs = [tf.tensor(images(2), [3, 8, 8, 2]), tf.tensor(classes(1), [3, 3])];
  const recorded = await record(() => step(inputs[0], inputs[1]), { inputs });
  losses.push((await recorded.outputs.data())[0]);
  before?.();
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

  const stock: Record<string, () => tf.Optimizer> = {
    adam: () => tf.train.adam(0.05),
    sgd: () => tf.train.sgd(0.1),
    momentum: () => tf.train.momentum(0.05, 0.9),
    nesterov: () => tf.train.momentum(0.05, 0.9, true),
    rmsprop: () => tf.train.rmsprop(0.01),
    'centred rmsprop': () => tf.train.rmsprop(0.01, 0.9, 0.5, 1e-3, true),
    adagrad: () => tf.train.adagrad(0.05),
    adamax: () => tf.train.adamax(0.05),
    adadelta: () => tf.train.adadelta(0.5),
  };
  it.each(Object.entries(stock))(
    'a replayed step with %s of TensorFlow.js, whose rate changes meanwhile, equals an unrecorded one to the bit',
    async (_, create) => {
      const run = async (how: typeof replayed, newRate?: number) => {
        const net = network();
        const optimizer = create();
        const step: Step = (x, y) => optimizer.minimize(() => net.loss(x, y), true, net.variables)!;
        return how(step, net.variables, () => newRate !== undefined && setRate(optimizer, newRate));
      };

      const changed = await run(replayed, 0.002);
      expect(changed).toEqual(await run(unrecorded, 0.002));
      expect(changed.losses.at(-1)).not.toBe((await run(unrecorded)).losses.at(-1));
    },
  );

  defineOwnReplays();
  defineOwnRefusals();
}

function defineOwnReplays(): void {
  useRecordingFixture();
  defineReplays();

  it('gives its memory back, but for clones of outputs', async () => {
    const { bufferManager } = tf.engine().backend as unknown as OpenBackend;
    const round = async () => {
      const recorded = await record(() => (v.assign(tf.add(v, x)), tf.mul(v, 2)), { inputs: [x] });
      recorded.replay();
      const clone = recorded.outputs.clone();
      recorded.dispose();
      expect(await values(clone)).toEqual((await values(v)).map((value) => 2 * value));
      clone.dispose();
    };
    await round();
    const [{ numTensors }, bytes] = [tf.memory(), bufferManager.numBytesAllocated];
    for (let i = 0; i < 4; i++) await round();
    expect(tf.memory().numTensors).toBe(numTensors);
    expect(bufferManager.numBytesAllocated).toBe(bytes);
    expect(await values(v)).toEqual([20, 40, 60]);
  });

  it('keeps constants of the step, and tensors from outside it that are disposed of later', async () => {
    const outside = tf.tensor1d([10, 20, 30]);
    const step = () => tf.tidy(() => tf.sub(tf.mul(tf.add(x, tf.tensor1d([3, 4, 5])), outside), tf.tensor1d([1, 1, 1])));
    const { outputs, write, replay } = await recording(step);
    outside.dispose();
    const others = Array.from({ length: 20 }, (_, i) => tf.tensor1d([i, -i, i]));
    tf.tidy(() => others.reduce<tf.Tensor>((sum, other) => tf.add(sum, other), tf.zeros([3])));
    write(x, new Float32Array([5, 6, 7]));
    replay();
    expect(await values(outputs)).toEqual([79, 199, 359]);
    tf.dispose(others);
  });
}

function defineOwnRefusals(): void {
  defineRefusals([
    ['reads values later', () => void tf.add(x, 1).data().catch(() => undefined), /must not read the values of tensors/], // prettier-ignore
  ]);

  it('does not need variables that the step does not use', async () => {
    const other = variableOf([3, 4]);
    const { outputs, replay } = await recording(() => tf.add(x, 1));
    other.dispose();
    replay();
    expect(await values(outputs)).toEqual([2, 3, 4]);
  });

  it('ends its recordings when it starts again', async () => {
    const { replay, isUsable } = await recording(() => tf.square(x));
    expect(isUsable()).toBe(true);
    await useWebgpuKernels();
    expect(isUsable()).toBe(false);
    expect(replay).toThrow('replay: the webgpu backend must be the one that recorded the step, but it was restarted');
  });
}

if (hasGpu('replays')) describe('on webgpu', defineRecording);
else it.skip('webgpu: there is no GPU', () => undefined);
