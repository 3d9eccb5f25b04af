import { abs, clipByValue, customGrad, div, mean, mul, reshape, sub } from '@tensorflow/tfjs-core';
import type { GradSaveFunc, Scalar, Tensor } from '@tensorflow/tfjs-core';
import { FUSED_KERNELS, runFusedKernel } from './fused-kernels';

/**
 * The L1 loss, `mean(|x - target|)`. Differentiable with respect to x, with the gradient `sign(x - target) / size`; `target` is treated as
 * constant. Where x holds several batches for the same targets, the sum of their losses. The caller owns the result.
 *
 * @param x float32, of target's shape, or [n · B, ..] for a target [B, ..]
 */
export function l1Loss(x: Tensor, target: Tensor): Scalar {
  for (const [name, tensor] of Object.entries({ x, target })) {
    if (tensor.dtype !== 'float32') throw new Error(`l1Loss: ${name} must be float32, got ${tensor.dtype}`);
  }
  const [batch = 1, ...sample] = x.shape;
  const [targets = 1, ...targetSample] = target.shape;
  if (x.rank !== target.rank || sample.join() !== targetSample.join() || (batch !== targets && batch % targets !== 0)) {
    throw new Error(`l1Loss: x must have target's shape [${target.shape}], or a multiple of its batch, got [${x.shape}]`);
  }
  const operation = customGrad((input, save) => {
    (save as GradSaveFunc)([input as Tensor, target]);
    const gradFunc = (dy: Tensor, [saved, against]: Tensor[]): Tensor =>
      runFusedKernel(FUSED_KERNELS.l1LossGradient, { x: saved, target: against, dy }, {}, backward)[0];
    return { value: runFusedKernel(FUSED_KERNELS.l1Loss, { x: input as Tensor, target }, {}, forward)[0], gradFunc };
  });
  return operation(x) as Scalar;
}

/** x by batch, [n, B, ..], so that the target is repeated. */
function differences({ x, target }: Record<string, Tensor>): Tensor {
  return sub(reshape(x, [x.size / Math.max(1, target.size), ...target.shape]), target);
}

function forward(inputs: Record<string, Tensor>): Tensor[] {
  const { x, target } = inputs;
  return [mul(meanByRows(abs(reshape(differences(inputs), x.shape))), x.size / Math.max(1, target.size))];
}

/** The mean, computed in two stages: a float32 running sum over a million elements would lose three or four digits. */
function meanByRows(x: Tensor): Scalar {
  const [batch, rows, ...rest]: number[] = x.shape;
  return rest.length === 0 ? mean(x) : mean(mean(reshape(x, [batch * rows, -1]), 1));
}

/** The sign by clipping, since `tf.sign` takes six times as long on the wasm backend. Exact if |x - target| is 0 or above 1e-30. */
function backward({ dy, ...inputs }: Record<string, Tensor>): Tensor[] {
  const signs = clipByValue(mul(differences(inputs), 1e30), -1, 1);
  return [reshape(mul(signs, div(dy, inputs.target.size)), inputs.x.shape)];
}
