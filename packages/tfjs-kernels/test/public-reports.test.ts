// Public bug reports of TensorFlow.js' wasm backend, each as reported; the number is the issue's at github.com/tensorflow/tfjs.
import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { initializers, layers, sequential } from '@tensorflow/tfjs-layers';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { useWasmKernels } from '../src/wasm/index';
import type { WasmKernels } from '../src/wasm/index';
import type { SharedBackend } from '../src/wasm/shared-backend';
import { convolutionReference } from '../src/wasm/kernels/convolutions.reference';
import { depthwiseReference } from '../src/wasm/kernels/depthwise.reference';
import { expectClose } from './conformance/expect-close';
import { randomTensor } from './conformance/random-tensor';

let kernels: WasmKernels;
beforeAll(async () => {
  vi.spyOn(console, 'warn').mockImplementation(() => undefined);
  kernels = await useWasmKernels({ threads: 2, variant: 'repeatable' });
});
afterAll(() => kernels.dispose());

/** The same initial weights each time: with unlucky ones, a small network learns too slowly for its test. */
const seeded = (seed: number) => initializers.glorotUniform({ seed });

it("conv2d layers train, instead of: Kernel 'Conv2DBackpropFilter' not registered for backend 'wasm' (8474)", async () => {
  const kernelInitializer = seeded(1);
  const convolution = layers.conv2d({ inputShape: [8, 8, 1], filters: 4, kernelSize: 3, activation: 'relu', kernelInitializer });
  const model = sequential({ layers: [convolution, layers.flatten(), layers.dense({ units: 1, kernelInitializer: seeded(2) })] });
  model.compile({ optimizer: tf.train.adam(0.02), loss: 'meanSquaredError' });
  const xs = randomTensor([32, 8, 8, 1], 1);
  const { history } = await model.fit(xs, tf.mean(xs, [1, 2]), { epochs: 20, shuffle: false, verbose: 0 });
  expect(history.loss.at(-1)).toBeLessThan(0.2 * (history.loss[0] as number));
});

it('an lstm on values in [0, 1] converges as on cpu, instead of losses of 16,000 (4326)', async () => {
  const train = async (): Promise<number[]> => {
    const lstm = layers.lstm({ inputShape: [10, 1], units: 8, recurrentInitializer: 'zeros', kernelInitializer: 'ones' });
    const model = sequential({ layers: [lstm, layers.dense({ units: 1, kernelInitializer: 'ones' })] });
    model.compile({ optimizer: tf.train.adam(0.02), loss: 'meanSquaredError' });
    const wave = (t: number): number => 0.5 + 0.5 * Math.sin(t / 5);
    const xs = tf.tensor3d(Array.from({ length: 64 }, (_, i) => Array.from({ length: 10 }, (__, t) => [wave(i + t)])));
    const ys = tf.tensor2d(Array.from({ length: 64 }, (_, i) => [wave(i + 10)]));
    const { history } = await model.fit(xs, ys, { epochs: 20, shuffle: false, verbose: 0 });
    return history.loss as number[];
  };
  await tf.setBackend('cpu');
  const expected = await train();
  await tf.setBackend('wasm');
  const losses = await train();
  losses.forEach((loss, epoch) => expect(loss).toBeCloseTo(expected[epoch], 3));
  expect(losses.at(-1)).toBeLessThan(0.05);
});

it("embeddings train, instead of: Kernel 'UnsortedSegmentSum' not registered for backend 'wasm' (8082)", async () => {
  const embedding = layers.embedding({ inputDim: 10, outputDim: 6, inputLength: 4, embeddingsInitializer: seeded(1) });
  const classify = layers.dense({ units: 3, activation: 'softmax', kernelInitializer: seeded(2) });
  const model = sequential({ layers: [embedding, layers.flatten(), classify] });
  model.compile({ optimizer: tf.train.adam(0.05), loss: 'sparseCategoricalCrossentropy' });
  const tokens = Array.from({ length: 60 }, (_, i) => Array.from({ length: 4 }, (__, t) => (3 * i + t) % 10));
  const classes = tokens.map(([first]) => first % 3);
  const { history } = await model.fit(tf.tensor2d(tokens), tf.tensor2d(classes, [60, 1]), {
    epochs: 25,
    shuffle: false,
    verbose: 0,
  });
  expect(history.loss.at(-1)).toBeLessThan(0.1);
});

it('dilated convolutions train, instead of: dilation rates greater than 1 are not yet supported in gradients (7906)', async () => {
  const kernelInitializer = seeded(1);
  const shape = { inputShape: [16, 1], filters: 4, kernelSize: 2, dilationRate: 4 };
  const convolution = layers.conv1d({ ...shape, activation: 'relu', kernelInitializer });
  const model = sequential({ layers: [convolution, layers.flatten(), layers.dense({ units: 1, kernelInitializer: seeded(2) })] });
  model.compile({ optimizer: tf.train.adam(0.02), loss: 'meanSquaredError' });
  const xs = randomTensor([32, 16, 1], 1);
  const { history } = await model.fit(xs, tf.mean(xs, 1), { epochs: 20, shuffle: false, verbose: 0 });
  expect(history.loss.at(-1)).toBeLessThan(0.2 * (history.loss[0] as number));
});

it('a conv2d layer whose kernel [2, 1] is narrower than its strides [5, 2] is not all zeros (5907)', async () => {
  const [x, kernel] = [randomTensor([1, 3, 3, 1], 1) as tf.Tensor4D, randomTensor([2, 1, 1, 3], 2) as tf.Tensor4D];
  const layer = layers.conv2d({
    filters: 3,
    kernelSize: [2, 1],
    strides: [5, 2],
    padding: 'same',
    weights: [kernel, tf.zeros([3])],
  });
  const info = tf.backend_util.computeConv2DInfo(x.shape, kernel.shape, [5, 2], 1, 'same');
  const expected = convolutionReference(info, await x.data<'float32'>(), await kernel.data<'float32'>());
  await expectClose(layer.apply(x) as tf.Tensor, expected, 1e-6);
});

it('maxPooling2d of pool size 1 and strides [4, 3] gives the values themselves, not zeros (5920)', async () => {
  const layer = layers.maxPooling2d({ poolSize: 1, strides: [4, 3], padding: 'same', dataFormat: 'channelsFirst' });
  const y = layer.apply(tf.ones([1, 3, 4, 4])) as tf.Tensor;
  expect(y.shape).toEqual([1, 3, 1, 2]);
  expect(Array.from(await y.data())).toEqual([1, 1, 1, 1, 1, 1]);
});

it.each([
  [
    [1, 2],
    [4, 3],
  ],
  [
    [3, 1],
    [2, 4],
  ],
  [
    [1, 3],
    [4, 4],
  ],
] as [[number, number], [number, number]][])(
  'depthwiseConv2d of a filter %j, strides 2, on %j is right (6629)',
  async (taps, size) => {
    const [x, filter] = [randomTensor([1, ...size, 4], 1) as tf.Tensor4D, randomTensor([...taps, 4, 2], 2) as tf.Tensor4D];
    const info = tf.backend_util.computeConv2DInfo(x.shape, filter.shape, 2, 1, 'same', undefined, true);
    const expected = depthwiseReference(info, await x.data<'float32'>(), await filter.data<'float32'>());
    await expectClose(tf.depthwiseConv2d(x, filter, 2, 'same'), expected, 1e-6);
  },
);

it('conv2d with padding in pixels, dilated differently along its sides, stays within its output (7605)', async () => {
  const shapes = { x: [2, 7, 10, 5], filter: [4, 3, 5, 2] } as const;
  const [x, filter] = [randomTensor([...shapes.x], 1) as tf.Tensor4D, randomTensor([...shapes.filter], 2) as tf.Tensor4D];
  const neighbours = Array.from({ length: 20 }, (_, i) => tf.fill([400], i));
  const y = tf.conv2d(x, filter, 1, 23, 'NHWC', [10, 7]);
  const reshaped = [31, 15, 5, 2] as [number, number, number, number]; // the filter with zeros between its taps
  const spread = tf.buffer(reshaped);
  const taps = await filter.array();
  taps.forEach((row, ky) => row.forEach((tap, kx) => tap.forEach((weights, ci) => weights.forEach((w, co) => spread.set(w, 10 * ky, 7 * kx, ci, co))))); // prettier-ignore
  const info = tf.backend_util.computeConv2DInfo(x.shape, reshaped, 1, 1, 23);
  expect(y.shape).toEqual(info.outShape);
  await expectClose(y, convolutionReference(info, await x.data<'float32'>(), spread.values as Float32Array), 1e-5);
  for (const [i, neighbour] of neighbours.entries()) expect(new Set(await neighbour.data())).toEqual(new Set([i]));
});

it('clipByValue whose limits are equal gives that value (5919)', async () => {
  expect(Array.from(await tf.clipByValue([1, 2, 3, 4, 5], 2, 2).data())).toEqual([2, 2, 2, 2, 2]);
});

it('tensors above 2 GiB, whose addresses are negative as int32, compute as below (7647)', async () => {
  const backend = tf.engine().backend as unknown as SharedBackend;
  const below = [2 ** 28, 2 ** 28].map((floats) => backend.makeOutput([floats], 'float32'));
  const random = (): tf.Tensor4D => randomTensor([4, 40, 40, 8], 1) as tf.Tensor4D;
  const [filter, inHoles] = [randomTensor([3, 3, 8, 8], 2) as tf.Tensor4D, [random()]];
  while (backend.getMemoryOffset(inHoles.at(-1)!.dataId) < 2 ** 31) inHoles.push(random());
  const x = inHoles.pop()!;
  const info = tf.backend_util.computeConv2DInfo(x.shape, filter.shape, 1, 1, 'same');
  const expected = convolutionReference(info, await x.data<'float32'>(), await filter.data<'float32'>());
  await expectClose(tf.conv2d(x, filter, 1, 'same'), expected, 1e-5);
  await expectClose(tf.relu(x), (await x.data<'float32'>()).map((value) => Math.max(0, value)), 0); // prettier-ignore
  tf.dispose(inHoles);
  below.forEach(({ dataId }) => backend.disposeData(dataId));
});
