import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createAdam, createMomentum, record } from '../../index';
import { useWasmKernels } from '../index';
import type { WasmKernels } from '../index';

const { layers } = tfl;
const softmax = () => layers.dense({ units: 3, activation: 'softmax' });

const NETWORKS: Record<string, () => tfl.Sequential> = {
  'a convolutional network': () =>
    tfl.sequential({
      layers: [
        layers.conv2d({ inputShape: [12, 10, 2], filters: 4, kernelSize: 3, padding: 'same', activation: 'relu' }),
        layers.batchNormalization(),
        layers.maxPooling2d({ poolSize: 2 }),
        layers.depthwiseConv2d({ kernelSize: 3, padding: 'same' }),
        layers.conv2dTranspose({ filters: 3, kernelSize: 5, strides: 2, padding: 'same' }),
        layers.averagePooling2d({ poolSize: 3 }),
        layers.flatten(),
        softmax(),
      ],
    }),
  'a multilayer perceptron': () =>
    tfl.sequential({
      layers: [
        layers.dense({ inputShape: [7], units: 9, activation: 'tanh' }),
        layers.layerNormalization(),
        layers.dense({ units: 5, activation: 'sigmoid' }),
        softmax(),
      ],
    }),
  'an LSTM': () => tfl.sequential({ layers: [layers.lstm({ inputShape: [4, 3], units: 5 }), softmax()] }),
  'an embedding': () =>
    tfl.sequential({
      layers: [layers.embedding({ inputDim: 9, outputDim: 4, inputLength: 5 }), layers.globalAveragePooling1d({}), softmax()],
    }),
};

/** An optimiser of either kind. */
interface Trainer {
  apply(gradients: tf.NamedTensorMap): void;
  setRate(rate: number): void;
}

function stock(optimizer: tf.Optimizer): Trainer {
  const own = optimizer as unknown as { learningRate: number; setLearningRate?(rate: number): void };
  return {
    apply: (gradients) => optimizer.applyGradients(gradients),
    setRate: (rate) => (own.setLearningRate ? own.setLearningRate(rate) : void (own.learningRate = rate)),
  };
}

type Create = typeof createAdam;
const own = (create: Create, variables: tf.Variable[]): Trainer => {
  const optimizer = create({ variables, learningRate: 0.02 });
  return {
    apply: (gradients) => optimizer.step(variables.map(({ name }) => gradients[name])),
    setRate: (rate) => void (optimizer.learningRate = rate),
  };
};

const OPTIMIZERS: Record<string, (variables: tf.Variable[]) => Trainer> = {
  'train.adam': () => stock(tf.train.adam(0.02)),
  'train.adamax': () => stock(tf.train.adamax(0.02, 0.9, 0.999, 1e-7, 0.1)),
  'train.sgd': () => stock(tf.train.sgd(0.02)),
  'train.momentum': () => stock(tf.train.momentum(0.02, 0.9, true)),
  'train.rmsprop': () => stock(tf.train.rmsprop(0.02, 0.9, 0.5)),
  createAdam: (variables) => own(createAdam, variables),
  createMomentum: (variables) => own(createMomentum, variables),
};

const STEPS = 4;
const BATCH = 6;
/** Deterministic values in [-1, 1]. */
const wave = (length: number, phase: number) => Float32Array.from({ length }, (_, i) => Math.sin(1.7 * i + 0.3 * phase));
const labelsOf = (phase: number) =>
  Float32Array.from({ length: BATCH * 3 }, (_, i) => Number((Math.floor(i / 3) + phase) % 3 === i % 3));

function setUp(make: () => tfl.Sequential, optimizerOf: (variables: tf.Variable[]) => Trainer) {
  const model = make();
  model.setWeights(model.getWeights().map((weight, index) => tf.mul(tf.tensor(wave(weight.size, index), weight.shape), 0.4)));
  const variables = model.trainableWeights.map((weight) => weight.read() as tf.Variable);
  const optimizer = optimizerOf(variables);
  const shape = [BATCH, ...(model.inputs[0].shape.slice(1) as number[])];
  const isWords = model.layers[0].getClassName() === 'Embedding';
  const valuesOf = (phase: number) => {
    const values = wave(
      shape.reduce((a, b) => a * b),
      phase,
    );
    return isWords ? values.map((value) => Math.round(4 + 4 * value)) : values;
  };
  const step = (x: tf.Tensor, y: tf.Tensor) => {
    const { value: loss, grads } = tf.variableGrads(() => {
      const output = model.apply(x, { training: true }) as tf.Tensor;
      return tf.neg(tf.mean(tf.sum(tf.mul(y, tf.log(tf.add(output, 1e-7))), 1))) as tf.Scalar;
    }, variables);
    optimizer.apply(grads);
    return { loss };
  };
  const tensors = (phase: number) => [tf.tensor(valuesOf(phase), shape), tf.tensor(labelsOf(phase), [BATCH, 3])];
  const weights = () => model.getWeights().map((weight) => Array.from(weight.dataSync()));
  return { step, tensors, valuesOf, weights, setRate: (phase: number) => optimizer.setRate(0.02 * 0.8 ** phase) };
}

type Setup = ReturnType<typeof setUp>;

function eagerLoss({ step, tensors, setRate }: Setup, phase: number): number {
  setRate(phase);
  return tf.tidy(() => step(...(tensors(phase) as [tf.Tensor, tf.Tensor])).loss.dataSync()[0]);
}

async function recordedLosses({ step, tensors, valuesOf, setRate }: Setup): Promise<number[]> {
  setRate(1);
  const [x, y] = tensors(1);
  const recorded = await record(() => step(x, y), { inputs: [x, y] });
  const { loss } = recorded.outputs;
  const losses = [(await loss.data())[0]];
  for (let phase = 2; phase < STEPS; phase++) {
    setRate(phase);
    recorded.write(x, valuesOf(phase));
    recorded.write(y, labelsOf(phase));
    recorded.replay();
    losses.push(loss.dataSync()[0]);
  }
  recorded.dispose();
  return losses;
}

describe.each([1, 2])('a recorded step on %i threads', (threads) => {
  let kernels: WasmKernels;
  beforeAll(async () => {
    kernels = await useWasmKernels({ threads, variant: 'tile8' });
  });
  afterAll(() => kernels.dispose());

  describe.each(Object.entries(NETWORKS))('of %s', (_, make) => {
    it.each(Object.entries(OPTIMIZERS))('with %s, gives the losses and weights of plain steps', async (_name, optimizerOf) => {
      const [plain, replayed] = [setUp(make, optimizerOf), setUp(make, optimizerOf)];
      const wanted = Array.from({ length: STEPS }, (_, phase) => eagerLoss(plain, phase));
      const losses = [eagerLoss(replayed, 0), ...(await recordedLosses(replayed))];
      expect(losses).toEqual(wanted);
      expect(replayed.weights()).toEqual(plain.weights());
      expect(new Set(wanted).size).toBe(STEPS);
      // Plain steps go on from where the recording has left.
      expect(eagerLoss(replayed, STEPS)).toBe(eagerLoss(plain, STEPS));
    });
  });
});
