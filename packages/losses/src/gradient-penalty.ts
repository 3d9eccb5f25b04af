// Importing tfjs-layers registers the gradients of the operations below; tfjs-core alone registers none.
import '@tensorflow/tfjs-layers';
import { mean, mul, square, sub, tidy } from '@tensorflow/tfjs-core';
import type { Scalar, Tensor } from '@tensorflow/tfjs-core';

/** A discriminator's logits [B, 1] of real samples x, and of x + step · v, where v is a random direction. */
export interface NudgedLogits {
  readonly logits: Tensor;
  readonly nudged: Tensor;
  readonly step: number;
}

/**
 * The R1 penalty (Mescheder et al. 2018), ½ E|∇D(x)|², by finite differences, to be minimised: ½ mean(((D(x + step · v) - D(x)) / step)²). For a
 * v of independent components of mean 0 and variance 1, its expectation is that of R1 up to terms in `step`, without gradients of gradients.
 * Differentiable with respect to both logits. The caller owns the result.
 */
export function gradientPenalty({ logits, nudged, step }: NudgedLogits): Scalar {
  return tidy(() => mul<Scalar>(0.5, mean(square(mul(sub(nudged, logits), 1 / step)))));
}
