import * as tf from '@tensorflow/tfjs-core';
import { input, layers, model as createModel } from '@tensorflow/tfjs-layers';
import type { LayersModel, SymbolicTensor } from '@tensorflow/tfjs-layers';
import { randomNumbers, randomTensor } from '../conformance/random-tensor';
import type { LayerCase } from './layer-cases';

/** The results of a short training. */
export interface Trained {
  losses: number[];
  predictions: number[];
  /** Tensors left after model, optimiser and data are disposed. */
  leaked: number;
}

const STEPS = 3;
const CLASSES = 3;

/** Three steps of `fit` on the current backend, with the same weights and data everywhere. */
export async function trainLayer(layerCase: LayerCase, optimizer: () => tf.Optimizer): Promise<Trained> {
  const { batch = 4 } = layerCase;
  const before = tf.memory().numTensors;
  const model = build(layerCase);
  const [xs, ys] = examples(layerCase, batch * STEPS);
  const own = optimizer();
  model.compile({ optimizer: own, loss: layerCase.loss ?? 'categoricalCrossentropy' });
  const losses: number[] = [];
  const onBatchEnd = async (_: number, logs?: Record<string, number>) => void losses.push(logs!.loss);
  await model.fit(xs, ys, { epochs: 1, batchSize: batch, shuffle: false, verbose: 0, callbacks: { onBatchEnd } });
  const prediction = model.predict(xs) as tf.Tensor;
  const predictions = Array.from(await prediction.data());
  tf.dispose([xs, ys, prediction]);
  model.dispose();
  own.dispose();
  return { losses, predictions, leaked: tf.memory().numTensors - before };
}

/** Losses that take scores, not probabilities. */
const OF_SCORES = /hinge|meanSquaredError|absolute|cosine|logcosh/i;

function build(layerCase: LayerCase): LayersModel {
  const { shape, loss, vocabulary, merges } = layerCase;
  const inputs = input({ shape });
  const dense = (): SymbolicTensor => layers.dense({ units: shape[shape.length - 1] }).apply(inputs) as SymbolicTensor;
  const start: SymbolicTensor | SymbolicTensor[] = merges ? [dense(), dense()] : vocabulary ? inputs : dense();
  let x = layerCase.make().reduce((value, layer) => layer.apply(value) as SymbolicTensor, start) as SymbolicTensor;
  if (x.shape.length > 2) x = layers.flatten().apply(x) as SymbolicTensor;
  const activation = loss && OF_SCORES.test(loss) ? 'linear' : 'softmax';
  const model = createModel({ inputs, outputs: layers.dense({ units: CLASSES, activation }).apply(x) as SymbolicTensor });
  tf.tidy(() => {
    const weights = model.weights.map((weight, i) => {
      const values = tf.mul(randomTensor(weight.shape as number[], 100 + i), 0.5);
      return weight.name.includes('variance') ? tf.add(tf.abs(values), 0.5) : values;
    });
    model.setWeights(weights);
  });
  return model;
}

function examples({ shape, vocabulary, loss }: LayerCase, count: number): [tf.Tensor, tf.Tensor] {
  return tf.tidy(() => {
    const random = tf.mul(randomTensor([count, ...shape], 7), 1.5);
    const xs = vocabulary ? tf.floor(tf.mul(tf.add(randomTensor([count, ...shape], 7), 1), vocabulary / 2)) : random;
    const labels = randomNumbers(count, 11).map((value) => Math.floor(((value + 1) / 2) * CLASSES));
    const ys = loss === 'sparseCategoricalCrossentropy' ? tf.tensor(labels, [count, 1]) : tf.cast(tf.oneHot(tf.tensor1d(labels, 'int32'), CLASSES), 'float32'); // prettier-ignore
    return [xs, ys];
  });
}
