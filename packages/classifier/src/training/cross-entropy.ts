import { customGrad, logSoftmax, mean, mul, neg, oneHot, softmax, sub, sum, tidy } from '@tensorflow/tfjs-core';
import type { GradSaveFunc, Scalar, Tensor, Tensor1D, Tensor2D } from '@tensorflow/tfjs-core';

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
  const operation = customGrad((x, save) => {
    const target = oneHot(classIds, classCount);
    (save as GradSaveFunc)([x as Tensor, target]);
    const value = mean(neg(sum(mul(logSoftmax(x as Tensor2D), target), 1)));
    const gradFunc = (dy: Tensor, [saved, wanted]: Tensor[]) => mul(sub(softmax(saved), wanted), mul(dy, 1 / batchSize));
    return { value, gradFunc };
  });
  return tidy(() => operation(logits) as Scalar);
}
