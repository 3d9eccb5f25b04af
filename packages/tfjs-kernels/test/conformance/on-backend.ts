import { engine } from '@tensorflow/tfjs-core';
import type { Tensor } from '@tensorflow/tfjs-core';
import type { ConvolutionCase } from './convolution-cases';

/** A backend that has to pass. */
export interface ConformanceBackend {
  name: string;
  /** Makes it the current backend; what it allocates from the first call on is full of NaN, where it can be reached. */
  start(): Promise<void>;
  /** Convolutions to compute; none where they are not ours but TensorFlow.js' own. */
  convolutions: readonly ConvolutionCase[];
  /** Whether TensorFlow.js' own operations are ours here: products, fused layers, batch normalisation, optimisers. */
  replacesStock?: boolean;
  /** How many times our kernels' error is allowed where the arithmetic is not ours (1): of hyperbolic tangents and of means. */
  errorFactor?: number;
}

/** Runs a test on the backend; all tensors that it makes are disposed of. */
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
