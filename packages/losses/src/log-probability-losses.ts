// Importing tfjs-layers registers the gradients of the operations below; tfjs-core alone registers none.
import '@tensorflow/tfjs-layers';
import { mean, neg, softplus, tidy } from '@tensorflow/tfjs-core';
import type { Scalar, Tensor } from '@tensorflow/tfjs-core';

/**
 * `mean(-log S)`, S = sigmoid(logits): what it costs that these pairs are not taken for real. Computed as softplus(-logits), finite
 * for any logit. The caller owns the result.
 *
 * @param logits float32 [B, 1]
 */
export function takenForRealLoss(logits: Tensor): Scalar {
  return tidy(() => mean(softplus(neg(logits))));
}

/**
 * `mean(-log(1 - S))`, S = sigmoid(logits): what it costs that these pairs are taken for real. Computed as softplus(logits), finite for
 * any logit. The caller owns the result.
 *
 * @param logits float32 [B, 1]
 */
export function takenForFalseLoss(logits: Tensor): Scalar {
  return tidy(() => mean(softplus(logits)));
}
