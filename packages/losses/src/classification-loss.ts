// Importing tfjs-layers registers the gradients of the operations below; tfjs-core alone registers none.
import '@tensorflow/tfjs-layers';
import { customGrad, logSoftmax, mean, mul, neg, softmax, sub, sum, tidy } from '@tensorflow/tfjs-core';
import type { GradSaveFunc, Scalar, Tensor, Tensor2D } from '@tensorflow/tfjs-core';

/**
 * The cross-entropy of logits with classes, the mean of -log softmax(logits)[class], finite for any logits: the loss of an auxiliary classifier
 * (Odena et al. 2017, "Conditional Image Synthesis with Auxiliary Classifier GANs"). Differentiable with respect to the logits. The caller owns the
 * result.
 *
 * @param logits float32 [B, classes]
 * @param classes one-hot, float32 [B, classes]
 */
export function classificationLoss(logits: Tensor2D, classes: Tensor2D): Scalar {
  if (classes.shape.join() !== logits.shape.join()) {
    throw new Error(`classificationLoss: classes must have the shape of logits, [${logits.shape}], got [${classes.shape}]`);
  }
  const operation = customGrad((x, save) => {
    (save as GradSaveFunc)([x as Tensor, classes]);
    const value = mean(neg(sum(mul(logSoftmax(x as Tensor2D), classes), 1)));
    const gradFunc = (dy: Tensor, [saved, wanted]: Tensor[]) => mul(sub(softmax(saved), wanted), mul(dy, 1 / logits.shape[0]));
    return { value, gradFunc };
  });
  return tidy(() => operation(logits) as Scalar);
}
