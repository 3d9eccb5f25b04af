// Importing tfjs-layers registers the gradients of the operations below; tfjs-core alone registers none.
import '@tensorflow/tfjs-layers';
import { mean, neg, softplus, tidy } from '@tensorflow/tfjs-core';
import type { Scalar, Tensor } from '@tensorflow/tfjs-core';

/**
 * The cross-entropy of logits with the label 'real': `mean(-log S)`, S = sigmoid(logits). Computed as softplus(-logits), which is finite
 * for any logit. The caller owns the result.
 *
 * @param logits float32 [B, 1]
 */
export function realCrossEntropy(logits: Tensor): Scalar {
  return tidy(() => mean(softplus(neg(logits))));
}

/**
 * The cross-entropy of logits with the label 'fake': `mean(-log(1 - S))`, S = sigmoid(logits). Computed as softplus(logits), which is
 * finite for any logit. The caller owns the result.
 *
 * @param logits float32 [B, 1]
 */
export function fakeCrossEntropy(logits: Tensor): Scalar {
  return tidy(() => mean(softplus(logits)));
}
