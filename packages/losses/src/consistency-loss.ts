import { l1Loss } from '@cmcgan/tfjs-kernels';
import { addN, tidy } from '@tensorflow/tfjs-core';
import type { Scalar, Tensor } from '@tensorflow/tfjs-core';

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
  const [[batch, ...sample], [realBatch, ...realSample]] = [generated.shape, real.shape];
  if (batch % realBatch !== 0 || sample.join() !== realSample.join()) {
    throw new Error(
      `consistencyLoss: generated must have real's shape [${real.shape}], or that of several such batches, got [${generated.shape}]`,
    );
  }
  return l1Loss(generated, real);
}
