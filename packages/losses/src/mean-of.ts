import { addN, mul, tidy } from '@tensorflow/tfjs-core';
import type { Scalar, Tensor } from '@tensorflow/tfjs-core';

/** The mean of `loss` over a list of tensors; throws an error that names the argument if the list is empty. */
export function meanOf(tensors: readonly Tensor[], loss: (tensor: Tensor) => Scalar, argument: string): Scalar {
  if (tensors.length === 0) throw new Error(`${argument} must hold at least one tensor, got none`);
  return tidy(() => (tensors.length === 1 ? loss(tensors[0]) : mul(addN(tensors.map(loss)), 1 / tensors.length)));
}
