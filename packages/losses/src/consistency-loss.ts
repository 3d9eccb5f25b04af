import { addN, concat, mul, tidy } from '@tensorflow/tfjs-core';
import type { Scalar, Tensor } from '@tensorflow/tfjs-core';
import { meanAbsoluteError } from './mean-absolute-error';

/** Generated samples and the real ones of the same modality that they should equal, both float32. */
export interface ConsistencyPair {
  /** With the shape of `real`, or several such batches one after the other, [n · B, ...]. */
  generated: Tensor;
  /** [B, ...]. */
  real: Tensor;
}

/**
 * The consistency loss (paper: Eq. 3): the sum of the mean absolute errors between the paths' ends and the real samples of the same
 * modality. Differentiable with respect to the generated samples. The caller owns the result.
 */
export function consistencyLoss(pairs: readonly ConsistencyPair[]): Scalar {
  if (pairs.length === 0) throw new Error('consistencyLoss: pairs must hold at least one pair, got none');
  return tidy(() => addN(pairs.map(errorsOf)));
}

/** The sum of the mean absolute errors of all batches in `generated`. */
function errorsOf({ generated, real }: ConsistencyPair): Scalar {
  const batches = Math.max(1, Math.floor(generated.shape[0] / real.shape[0]));
  if (batches === 1) return meanAbsoluteError(generated, real);
  return mul(meanAbsoluteError(generated, concat(Array<Tensor>(batches).fill(real))), batches);
}
