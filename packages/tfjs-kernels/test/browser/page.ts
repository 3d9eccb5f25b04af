// Runs in a page of tests: trains one convolution's step with the kernels and on TensorFlow.js' cpu backend.
import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-layers';
import * as tf from '@tensorflow/tfjs-core';
import { useWasmKernels } from '../../src/wasm/index';

/** What the page reports. */
export interface PageReport {
  isolated: boolean;
  threads: number;
  variant: string;
  /** Largest difference from the cpu backend, relative to the largest value, by result. */
  errors: Record<string, number>;
}

const SHAPES = { x: [4, 16, 16, 8], filter: [5, 5, 8, 12], dy: [4, 8, 8, 12] } as const;

/** The loss' gradients, as the backend in use computes them. */
function results(): Record<string, Float32Array> {
  const [x, filter, dy] = Object.values(SHAPES).map((shape, seed) => tf.randomNormal([...shape], 0, 1, 'float32', seed + 1));
  const convolve = (a: tf.Tensor, b: tf.Tensor) => tf.conv2d(a as tf.Tensor4D, b as tf.Tensor4D, 2, 'same');
  const { value, grads } = tf.valueAndGrads(convolve)([x, filter], dy as tf.Tensor4D);
  return Object.fromEntries([value, ...grads].map((tensor, i) => [['y', 'dx', 'dw'][i], tensor.dataSync() as Float32Array]));
}

export async function run(threads: number | undefined): Promise<PageReport> {
  const { variant, threads: used, dispose } = await useWasmKernels({ threads, binary: '/tfjs-backend-wasm-simd.wasm' });
  const actual = results();
  await dispose();
  await tf.setBackend('cpu');
  const expected = results();
  const error = (name: string) => {
    const scale = expected[name].reduce((largest, value) => Math.max(largest, Math.abs(value)), 0);
    return actual[name].reduce((largest, value, i) => Math.max(largest, Math.abs(value - expected[name][i]) / scale), 0);
  };
  const errors = Object.fromEntries(Object.keys(expected).map((name) => [name, error(name)]));
  return { isolated: globalThis.crossOriginIsolated, threads: used, variant, errors };
}
