// Runs in a test page: computes one training step of a convolution with the kernels and on TensorFlow.js' cpu backend.
import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-layers';
import * as tf from '@tensorflow/tfjs-core';
import { record } from '../../src/index';
import { largestDifference } from '../../src/largest-difference';
import { useWasmKernels } from '../../src/wasm/index';
import { useWebgpuKernels } from '../../src/webgpu/index';

/** The page's results. */
export interface PageReport {
  isolated: boolean;
  threads: number;
  variant: string;
  /** Largest difference from the cpu backend, relative to the largest value, by result. */
  errors: Record<string, number>;
}

const SHAPES = { x: [4, 16, 16, 8], filter: [5, 5, 8, 12], dy: [4, 8, 8, 12] } as const;

type Results = Record<string, Float32Array>;

/** The loss' gradients, as the backend in use computes them. */
async function results(): Promise<Results> {
  const [x, filter, dy] = Object.values(SHAPES).map((shape, seed) => tf.randomNormal([...shape], 0, 1, 'float32', seed + 1));
  const convolve = (a: tf.Tensor, b: tf.Tensor) => tf.conv2d(a as tf.Tensor4D, b as tf.Tensor4D, 2, 'same');
  const { value, grads } = tf.valueAndGrads(convolve)([x, filter], dy as tf.Tensor4D);
  const read = async (tensor: tf.Tensor, i: number) => [['y', 'dx', 'dw'][i], await tensor.data<'float32'>()] as const;
  return Object.fromEntries(await Promise.all([value, ...grads].map(read)));
}

/** The same from a recording that was made with other values. */
async function replayedResults(): Promise<Results> {
  const shapes = Object.values(SHAPES).map((shape) => [...shape]);
  const inputs = shapes.map((shape) => tf.zeros(shape));
  const convolve = (a: tf.Tensor, b: tf.Tensor) => tf.conv2d(a as tf.Tensor4D, b as tf.Tensor4D, 2, 'same');
  const step = () => {
    const { value, grads } = tf.valueAndGrads(convolve)([inputs[0], inputs[1]], inputs[2] as tf.Tensor4D);
    return { y: value as tf.Tensor, dx: grads[0], dw: grads[1] };
  };
  const { outputs, write, replay, dispose } = await record(step, { inputs });
  const values = shapes.map((shape, seed) => tf.randomNormal(shape, 0, 1, 'float32', seed + 1).dataSync());
  inputs.forEach((input, index) => write(input, values[index]));
  replay();
  const read = Object.entries(outputs).map(([name, tensor]) => [name, tensor.dataSync<'float32'>()] as const);
  dispose();
  return Object.fromEntries(read);
}

/** Differences of the results from those of the cpu backend, which is current from then on. */
async function errorsOf(actual: Results): Promise<Record<string, number>> {
  await tf.setBackend('cpu');
  const expected = await results();
  const error = (name: string) => largestDifference(actual[name], Float64Array.from(expected[name]));
  return Object.fromEntries(Object.keys(expected).map((name) => [name, error(name)]));
}

export async function run(threads: number | undefined): Promise<PageReport> {
  const { variant, threads: used, dispose } = await useWasmKernels({ threads, binary: '/tfjs-backend-wasm-simd.wasm' });
  const actual = await results();
  const replayed = await replayedResults();
  await dispose();
  for (const [name, values] of Object.entries(actual)) {
    if (replayed[name].join() !== values.join()) throw new Error(`page: ${name} must be the same replayed, but differs`);
  }
  const errors = await errorsOf(actual);
  return { isolated: globalThis.crossOriginIsolated, threads: used, variant, errors };
}

/** The same on the page's GPU, and a pixel that is read while the program of another tensor is being compiled. */
export async function runWebgpu(): Promise<Pick<PageReport, 'errors'> & { description: string; square: number; red: number[] }> {
  const { description, dispose } = await useWebgpuKernels();
  const squares = tf.square(tf.fill([2000], 3));
  const canvas = new OffscreenCanvas(1, 1);
  const drawing = canvas.getContext('2d')!;
  drawing.fillStyle = 'red';
  drawing.fillRect(0, 0, 1, 1);
  const red = tf.browser.fromPixels(canvas as unknown as HTMLCanvasElement).data();
  drawing.clearRect(0, 0, 1, 1);
  const actual = await results();
  const [[square], pixel] = await Promise.all([squares.data(), red]);
  await dispose();
  return { description, errors: await errorsOf(actual), square, red: [...pixel] };
}

/** Whether this Chromium has a WebGPU adapter, including a software one. */
export async function hasWebgpu(): Promise<boolean> {
  return Boolean(await (navigator as { gpu?: { requestAdapter(): Promise<unknown> } }).gpu?.requestAdapter());
}
