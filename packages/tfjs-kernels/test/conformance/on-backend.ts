import { engine } from '@tensorflow/tfjs-core';
import type { Tensor } from '@tensorflow/tfjs-core';
import type { ConvolutionCase } from './convolution-cases';

/** A backend that must pass the suite. */
export interface ConformanceBackend {
  name: string;
  /** Makes it the current backend; from the first call on, its allocations are filled with NaN where possible. */
  start(): Promise<void>;
  /** Convolutions to compute; none if they are TensorFlow.js' own instead of ours. */
  convolutions: readonly ConvolutionCase[];
  /** Whether our kernels replace TensorFlow.js' own operations: products, fused layers, batch normalisation. */
  replacesStock?: boolean;
  /** Whether TensorFlow.js' own optimisers run in our kernels. */
  replacesOptimizers?: boolean;
  /** Factor on our kernels' tolerance where the arithmetic is not ours, for hyperbolic tangents and means; default 1. */
  errorFactor?: number;
  /** The error for a gradient of the wrong shape, if the convolutions are not ours. */
  refusal?: RegExp;
}

/** Runs a test on the backend, and disposes all tensors that it creates. */
export const on =
  <Row extends readonly unknown[]>(backend: ConformanceBackend, test: (...row: Row) => Promise<void>) =>
  async (...row: Row) => {
    await backend.start();
    engine().startScope();
    try {
      await test(...row);
    } finally {
      engine().endScope();
    }
  };

export const read = (tensors: Tensor[]): Promise<Float32Array[]> =>
  Promise.all(tensors.map((tensor) => tensor.data<'float32'>()));
