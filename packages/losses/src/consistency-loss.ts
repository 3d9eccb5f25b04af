import { addN, tidy } from '@tensorflow/tfjs-core';
import type { Scalar, Tensor } from '@tensorflow/tfjs-core';
import { meanAbsoluteError } from './mean-absolute-error';

/** A generated sample and the true one of the same modality that it should equal; float32, the same shape. */
export interface ConsistencyPair {
  generated: Tensor;
  real: Tensor;
}

/**
 * The consistency loss (paper: Eq. 3): the sum, over the paths' ends, of the mean absolute error against the true sample of the end's
 * modality. Differentiable with respect to the generated samples. The caller owns the result.
 */
export function consistencyLoss(pairs: readonly ConsistencyPair[]): Scalar {
  if (pairs.length === 0) throw new Error('consistencyLoss: pairs must hold at least one pair, got none');
  return tidy(() => addN(pairs.map(({ generated, real }) => meanAbsoluteError(generated, real))));
}
