import * as tf from '@tensorflow/tfjs-core';
import { layers, sequential } from '@tensorflow/tfjs-layers';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { record } from '../src/index';
import { useWasmKernels } from '../src/wasm';
import type { WasmKernels } from '../src/wasm';

let kernels: WasmKernels;
beforeAll(async () => {
  kernels = await useWasmKernels({ threads: 2, variant: 'tile8' });
});
afterAll(() => kernels.dispose());

const BATCHES = 12;
const [SIZE, TIMES, FEATURES] = [16, 20, 8];
/** Sequences whose sums are to be found. */
function batch(index: number) {
  const x = Float32Array.from({ length: SIZE * TIMES * FEATURES }, (_, i) => Math.sin(1.3 * i + index));
  const y = Float32Array.from({ length: SIZE }, (_, i) => x.subarray(i * TIMES * FEATURES, (i + 1) * TIMES * FEATURES).reduce((a, b) => a + b, 0) / 20); // prettier-ignore
  return { x, y };
}

/** The README's program: the model, and the loss of each batch. */
async function train(recorded: boolean): Promise<number[]> {
  const initializer = (seed: number) => ({ className: 'GlorotUniform', config: { seed } }) as never;
  const lstm = layers.lstm({ units: 16, inputShape: [TIMES, FEATURES], kernelInitializer: initializer(1), recurrentInitializer: initializer(2) }); // prettier-ignore
  const model = sequential({ layers: [lstm, layers.dense({ units: 1, kernelInitializer: initializer(3) })] });
  const optimizer = tf.train.adam(0.01);
  const [x, y] = [tf.zeros([SIZE, TIMES, FEATURES]), tf.zeros([SIZE, 1])];
  const stepOf = (input: tf.Tensor, target: tf.Tensor) =>
    optimizer.minimize(() => tf.losses.meanSquaredError(target, model.apply(input) as tf.Tensor), true) as tf.Scalar;
  stepOf(x, y).dispose();
  if (!recorded) {
    return Array.from({ length: BATCHES }, (_, index) => {
      const values = batch(index);
      const loss = tf.tidy(() => stepOf(tf.tensor(values.x, x.shape), tf.tensor(values.y, y.shape)).dataSync()[0]);
      return loss;
    });
  }
  const first = batch(0);
  tf.dispose([x, y]);
  const inputs = [tf.tensor(first.x, [SIZE, TIMES, FEATURES]), tf.tensor(first.y, [SIZE, 1])];
  const { outputs: loss, write, replay } = await record(() => stepOf(inputs[0], inputs[1]), { inputs });
  const losses = [loss.dataSync()[0]];
  for (let index = 1; index < BATCHES; index++) {
    const values = batch(index);
    write(inputs[0], values.x);
    write(inputs[1], values.y);
    replay();
    losses.push(loss.dataSync()[0]);
  }
  return losses;
}

it('a model of TensorFlow.js trains on replays as on plain steps, to the bit', async () => {
  const plain = await train(false);
  expect(await train(true)).toEqual(plain);
  expect(plain.at(-1)!).toBeLessThan(plain[0]);
});
