import { matMul, tensor2d, tidy } from '@tensorflow/tfjs-core';
import type { Tensor2D } from '@tensorflow/tfjs-core';

/**
 * The rows of `features` [B, F] that `indices` name, [B, F], as a product with a one-hot matrix [B, B]: its gradient is another such
 * product, where that of a gather needs a kernel that the wasm backend lacks. The caller owns the result.
 */
export function selectRows(features: Tensor2D, indices: ArrayLike<number>): Tensor2D {
  const size = indices.length;
  const oneHot = new Float32Array(size * size);
  for (let i = 0; i < size; i++) oneHot[i * size + indices[i]] = 1;
  return tidy(() => matMul(tensor2d(oneHot, [size, size]), features));
}
