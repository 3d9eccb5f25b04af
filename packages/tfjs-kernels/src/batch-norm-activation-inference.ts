import { add, mul, registerGradient, rsqrt, sub, sum } from '@tensorflow/tfjs-core';
import type { Tensor } from '@tensorflow/tfjs-core';
import { activationGradient, applyActivation } from './activation';
import type { Activation } from './activation';
import { assertActivation, assertFloatChannels } from './arguments';
import type { BatchNormActivationOptions } from './batch-norm-activation';
import { FUSED_KERNELS, runFusedKernel } from './fused-kernels';

/** The parameters and statistics of a trained batch normalisation, each float32 [C]. */
export interface BatchNormStatistics {
  gamma: Tensor;
  beta: Tensor;
  mean: Tensor;
  variance: Tensor;
}

interface Attributes {
  activation: Activation;
  alpha: number;
}

/**
 * Batch normalisation with given statistics (inference mode), then an activation:
 * `activation(gamma · (x - mean) / sqrt(variance + epsilon) + beta)`. Differentiable once, with respect to every tensor.
 *
 * @param x float32 [.., C]
 * @returns float32, x's shape; the caller owns it
 */
export function batchNormActivationInference<T extends Tensor>(
  x: T,
  { gamma, beta, mean, variance }: BatchNormStatistics,
  { activation = 'linear', alpha = 0.2, epsilon = 1e-3 }: BatchNormActivationOptions = {},
): T {
  const functionName = 'batchNormActivationInference';
  assertFloatChannels(x, `${functionName}: x`);
  for (const [name, tensor] of Object.entries({ gamma, beta, mean, variance })) {
    assertFloatChannels(tensor, `${functionName}: ${name}`, x.shape[x.rank - 1]);
  }
  assertActivation(activation, alpha, ['linear', 'relu', 'leakyRelu'], functionName);
  const scale = mul(gamma, rsqrt(add(variance, epsilon))); // [C]
  const shift = sub(beta, mul(mean, scale)); // [C]
  const attrs: Attributes = { activation, alpha };
  const [y] = runFusedKernel(FUSED_KERNELS.scaleShiftActivation, { x, scale, shift }, attrs, scaleShiftActivation);
  return y as T;
}

function scaleShiftActivation({ x, scale, shift }: Record<string, Tensor>, { activation, alpha }: Attributes): Tensor[] {
  return [applyActivation(add(mul(x, scale), shift), activation, alpha)];
}

registerGradient({
  kernelName: FUSED_KERNELS.scaleShiftActivation,
  inputsToSave: ['x', 'scale', 'shift'],
  gradFunc: (dys, [x, scale, shift], attrs) => {
    const dy = Array.isArray(dys) ? dys[0] : dys;
    const { activation, alpha } = attrs as unknown as Attributes;
    const g = activationGradient(dy, add(mul(x, scale), shift), activation, alpha);
    const axes = x.shape.slice(0, -1).map((_, axis) => axis);
    return { x: () => mul(g, scale), scale: () => sum(mul(g, x), axes), shift: () => sum(g, axes) };
  },
});
