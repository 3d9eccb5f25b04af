import { classificationLoss } from '@cmcgan/losses';
import { oneHot, tidy } from '@tensorflow/tfjs-core';
import type { Scalar, Tensor1D, Tensor2D } from '@tensorflow/tfjs-core';

/**
 * The mean of -log softmax(logits)[class]: finite for any logits. Differentiable with respect to the logits. The caller owns the result.
 *
 * @param logits float32 [B, classes]
 * @param classIds int32 [B]
 */
export function crossEntropy(logits: Tensor2D, classIds: Tensor1D): Scalar {
  const [batchSize, classCount] = logits.shape;
  if (classIds.shape[0] !== batchSize) {
    throw new Error(`crossEntropy: classIds must have one id for each of ${batchSize} rows, got ${classIds.shape[0]}`);
  }
  return tidy(() => classificationLoss(logits, oneHot(classIds, classCount) as Tensor2D));
}
