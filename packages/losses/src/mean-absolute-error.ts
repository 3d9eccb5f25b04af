import { abs, clipByValue, customGrad, div, mean, mul, reshape, sub } from '@tensorflow/tfjs-core';
import type { GradSaveFunc, Scalar, Tensor } from '@tensorflow/tfjs-core';

/**
 * The mean of |generated - real| over all elements. Differentiable with respect to `generated` only: `real` is treated as constant.
 * The caller owns the result.
 *
 * Has a custom gradient, sign(generated - real) / size, since the composed one would need several tensors of that size.
 */
export function meanAbsoluteError(generated: Tensor, real: Tensor): Scalar {
  if (generated.shape.join() !== real.shape.join()) {
    throw new Error(`meanAbsoluteError: generated must have real's shape [${real.shape}], got [${generated.shape}]`);
  }
  const operation = customGrad((x, save) => {
    (save as GradSaveFunc)([x as Tensor, real]);
    const gradFunc = (dy: Tensor, [saved, target]: Tensor[]) => mul(signOf(sub(saved, target)), div(dy, real.size));
    return { value: meanByRows(abs(sub(x as Tensor, real))), gradFunc };
  });
  return operation(generated) as Scalar;
}

/** The mean, computed in two stages: a float32 running sum over a million elements would lose three or four digits. */
function meanByRows(x: Tensor): Scalar {
  const [batch, rows, ...rest]: number[] = x.shape;
  return rest.length === 0 ? mean(x) : mean(mean(reshape(x, [batch * rows, -1]), 1));
}

/** -1, 0 or 1, like `tf.sign`, which takes six times as long on the wasm backend. Exact if |x| is 0 or above 1e-30. */
function signOf(x: Tensor): Tensor {
  return clipByValue(mul(x, 1e30), -1, 1);
}
