import { addN, tidy } from '@tensorflow/tfjs-core';
import type { Scalar, Tensor } from '@tensorflow/tfjs-core';
import { meanAbsoluteError } from './mean-absolute-error';

/** A generated sample and the real one of the same modality that it should equal; float32, with the same shape. */
export interface ConsistencyPair {
  generated: Tensor;
  real: Tensor;
}

/**
 * The consistency loss (paper: Eq. 3): the sum of the mean absolute errors between the paths' ends and the real samples of the same
 * modality. Differentiable with respect to the generated samples. The caller owns the result.
 */
export function consistencyLoss(pairs: readonly ConsistencyPair[]): Scalar {
  if (pairs.length === 0) throw new Error('consistencyLoss: pairs must hold at least one pair, got none');
  return tidy(() => addN(pairs.map(({ generated, real }) => meanAbsoluteError(generated, real))));
}
