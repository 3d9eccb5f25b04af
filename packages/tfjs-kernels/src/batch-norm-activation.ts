import { add, mean, mul, registerGradient, rsqrt, square, sub, sum } from '@tensorflow/tfjs-core';
import type { Tensor, Tensor1D } from '@tensorflow/tfjs-core';
import { activationGradient, applyActivation } from './activation';
import type { Activation } from './activation';
import { assertActivation, assertFloatChannels } from './arguments';
import { FUSED_KERNELS, runFusedKernel } from './fused-kernels';

export interface BatchNormActivationOptions {
  /** Default 'linear'. */
  activation?: Activation;
  /** Slope of leakyRelu's negative side, in [0, 1]; default 0.2. */
  alpha?: number;
  /** Added to the variance; default 1e-3. */
  epsilon?: number;
}

/** `y` has x's shape; `mean` and the biased `variance` are those of this batch, [C]. */
export interface BatchNormActivationResult<T extends Tensor> {
  y: T;
  mean: Tensor1D;
  variance: Tensor1D;
}

interface Attributes {
  activation: Activation;
  alpha: number;
  epsilon: number;
}

const ACTIVATIONS = ['linear', 'relu', 'leakyRelu'];

/**
 * Batch normalisation with the statistics of this batch (training mode), then an activation:
 * `y = activation(gamma · (x - mean) / sqrt(variance + epsilon) + beta)`, statistics over every axis but the last.
 *
 * Differentiable once with respect to x, gamma and beta; nothing flows back through `mean` and `variance`. The caller owns all
 * three results.
 *
 * @param x float32 [.., C]
 * @param gamma float32 [C]
 * @param beta float32 [C]
 */
export function batchNormActivation<T extends Tensor>(
  x: T,
  gamma: Tensor,
  beta: Tensor,
  options: BatchNormActivationOptions = {},
): BatchNormActivationResult<T> {
  const { activation = 'linear', alpha = 0.2, epsilon = 1e-3 } = options;
  const channels = x.shape[x.rank - 1];
  assertFloatChannels(x, 'batchNormActivation: x');
  assertFloatChannels(gamma, 'batchNormActivation: gamma', channels);
  assertFloatChannels(beta, 'batchNormActivation: beta', channels);
  assertActivation(activation, alpha, ACTIVATIONS, 'batchNormActivation');
  if (!(epsilon > 0)) throw new Error(`batchNormActivation: epsilon must be positive, got ${epsilon}`);
  const attrs: Attributes = { activation, alpha, epsilon };
  const [y, batchMean, variance] = runFusedKernel(FUSED_KERNELS.batchNormActivation, { x, gamma, beta }, attrs, forward);
  return { y: y as T, mean: batchMean as Tensor1D, variance: variance as Tensor1D };
}

const allButLast = (x: Tensor): number[] => x.shape.slice(0, -1).map((_, axis) => axis);

/** x normalised to mean 0 and variance 1 [.., C], and the factor 1/σ that it was scaled by [C]. */
function normalise(
  x: Tensor,
  batchMean: Tensor,
  variance: Tensor,
  epsilon: number,
): { normalised: Tensor; inverseDeviation: Tensor } {
  const inverseDeviation = rsqrt(add(variance, epsilon));
  return { normalised: mul(sub(x, batchMean), inverseDeviation), inverseDeviation };
}

function forward({ x, gamma, beta }: Record<string, Tensor>, { activation, alpha, epsilon }: Attributes): Tensor[] {
  const batchMean = mean(x, allButLast(x));
  const variance = mean(square(sub(x, batchMean)), allButLast(x));
  const { normalised } = normalise(x, batchMean, variance, epsilon);
  return [applyActivation(add(mul(normalised, gamma), beta), activation, alpha), batchMean, variance];
}

/** dx = gamma/σ · (g - mean(g) - x̂·mean(g·x̂)), where g is the gradient at the activation's input and x̂ the normalised x. */
function backward({ x, dy, gamma, beta, mean: batchMean, variance }: Record<string, Tensor>, attrs: Attributes): Tensor[] {
  const { normalised, inverseDeviation } = normalise(x, batchMean, variance, attrs.epsilon);
  const g = activationGradient(dy, add(mul(normalised, gamma), beta), attrs.activation, attrs.alpha);
  const axes = allButLast(x);
  const weighted = mul(g, normalised);
  const centred = sub(sub(g, mean(g, axes)), mul(normalised, mean(weighted, axes)));
  return [mul(centred, mul(gamma, inverseDeviation)), sum(weighted, axes), sum(g, axes)];
}

registerGradient({
  kernelName: FUSED_KERNELS.batchNormActivation,
  inputsToSave: ['x', 'gamma', 'beta'],
  outputsToSave: [false, true, true],
  gradFunc: (dys, [x, gamma, beta, batchMean, variance], attrs) => {
    const [dy] = dys as Tensor[];
    const inputs = { x, dy, gamma, beta, mean: batchMean, variance };
    const attributes = attrs as unknown as Attributes;
    const [dx, dGamma, dBeta] = runFusedKernel(FUSED_KERNELS.batchNormActivationGradient, inputs, attributes, backward);
    return { x: () => dx, gamma: () => dGamma, beta: () => dBeta };
  },
});
