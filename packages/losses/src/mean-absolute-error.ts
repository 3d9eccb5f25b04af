import { l1Loss } from '@cmcgan/tfjs-kernels';
import type { Scalar, Tensor } from '@tensorflow/tfjs-core';

/**
 * The mean of |generated - real| over all elements. Differentiable with respect to `generated` only, with the gradient
 * sign(generated - real) / size: `real` is treated as constant. The caller owns the result.
 */
export function meanAbsoluteError(generated: Tensor, real: Tensor): Scalar {
  if (generated.shape.join() !== real.shape.join()) {
    throw new Error(`meanAbsoluteError: generated must have real's shape [${real.shape}], got [${generated.shape}]`);
  }
  return l1Loss(generated, real);
}
