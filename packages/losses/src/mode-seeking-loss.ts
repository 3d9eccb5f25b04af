import { add, div, tidy } from '@tensorflow/tfjs-core';
import type { Scalar, Tensor } from '@tensorflow/tfjs-core';
import { meanAbsoluteError } from './mean-absolute-error';

/** Samples of the same inputs with two latents, all float32. */
export interface ModeSeekingPair {
  readonly samples: Tensor;
  /** With the shape of `samples`; treated as constant. */
  readonly others: Tensor;
  /** z of `samples`. */
  readonly latents: Tensor;
  /** z of `others`. */
  readonly otherLatents: Tensor;
}

/** Keeps the loss finite where a latent changes nothing. */
const EPSILON = 1e-5;

/**
 * The mode-seeking regularisation of Mao et al. (CVPR 2019), to be minimised: 1 / (d(samples, others) / d(latents, otherLatents) + 1e-5), where
 * d is the mean absolute difference. It is large where a latent changes little. Differentiable with respect to `samples` alone, which is half of
 * the gradient of both. The caller owns the result.
 */
export function modeSeekingLoss({ samples, others, latents, otherLatents }: ModeSeekingPair): Scalar {
  return tidy(() => {
    const ratio: Scalar = div(meanAbsoluteError(samples, others), meanAbsoluteError(latents, otherLatents));
    return div<Scalar>(1, add(ratio, EPSILON));
  });
}
