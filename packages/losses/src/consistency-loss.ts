import { l1Loss } from '@cmcgan/tfjs-kernels';
import { addN, concat, customGrad, div, mean, mul, reshape, square, sub, tidy } from '@tensorflow/tfjs-core';
import type { GradSaveFunc, Scalar, Tensor } from '@tensorflow/tfjs-core';

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
  return sumOf('consistencyLoss', pairs, ({ generated, real }) => l1Loss(generated, real));
}

/**
 * The same with mean squared errors. What is in one place in some of the real samples and in another place in others is faint in the sample that
 * has the least error, their mean; the least absolute error is that of their median, which leaves out whatever is in no place in most of them.
 */
export function squaredConsistencyLoss(pairs: readonly ConsistencyPair[]): Scalar {
  return sumOf('squaredConsistencyLoss', pairs, squaredErrors);
}

function sumOf(name: string, pairs: readonly ConsistencyPair[], errorsOf: (pair: ConsistencyPair) => Scalar): Scalar {
  if (pairs.length === 0) throw new Error(`${name}: pairs must hold at least one pair, got none`);
  for (const { generated, real } of pairs) {
    const [[batch, ...sample], [realBatch, ...realSample]] = [generated.shape, real.shape];
    if (batch % realBatch !== 0 || sample.join() !== realSample.join()) {
      throw new Error(
        `${name}: generated must have real's shape [${real.shape}], or that of several such batches, got [${generated.shape}]`,
      );
    }
  }
  return tidy(() => addN(pairs.map(errorsOf)));
}

/** The sum of the mean squared errors of all batches in `generated`; `real` is treated as constant. */
function squaredErrors({ generated, real }: ConsistencyPair): Scalar {
  const batches = generated.shape[0] / real.shape[0];
  const operation = customGrad((input, save) => {
    const repeated = batches === 1 ? real : concat(Array<Tensor>(batches).fill(real)); // on wasm, a hundredth of the time of tile
    const difference = sub<Tensor>(input as Tensor, repeated);
    (save as GradSaveFunc)([difference]);
    // In two stages: a float32 running sum over a million elements would lose three or four digits.
    const [size, rows = 1] = difference.shape;
    const byRow = mean(reshape(square(difference), [size * rows, -1]), 1);
    const gradFunc = (dy: Tensor, [saved]: Tensor[]): Tensor => mul(saved, div(dy, real.size / 2));
    return { value: mul(mean(byRow), batches), gradFunc };
  });
  return operation(generated) as Scalar;
}
