import { add, mean, mul, registerGradient, reshape, rsqrt, square, sub, sum } from '@tensorflow/tfjs-core';
import type { Tensor } from '@tensorflow/tfjs-core';
import { activationGradient, applyActivation } from './activation';
import type { Activation } from './activation';
import { assertActivation, assertFloatChannels } from './arguments';
import { FUSED_KERNELS, runFusedKernel } from './fused-kernels';
import { statisticsShape } from './statistics-shape';

export interface BatchNormActivationOptions {
  /** Default 'linear'. */
  activation?: Activation;
  /** Slope of leakyRelu's negative side, in [0, 1]; default 0.2. */
  alpha?: number;
  /** Added to the variance; default 1e-3. */
  epsilon?: number;
}

export interface GroupedBatchNormActivationOptions extends BatchNormActivationOptions {
  /** Number of equal blocks along x's first axis, each of which is normalised by its own statistics; default 1. */
  groups?: number;
}

/** `y` has x's shape; `mean` and the biased `variance` are those of this batch, [C], or [groups, C] with several groups. */
export interface BatchNormActivationResult<T extends Tensor> {
  y: T;
  mean: Tensor;
  variance: Tensor;
}

interface Attributes {
  activation: Activation;
  alpha: number;
  epsilon: number;
  groups: number;
}

const ACTIVATIONS = ['linear', 'relu', 'leakyRelu'];

/**
 * Batch normalisation with the statistics of this batch (training mode), then an activation:
 * `y = activation(gamma · (x - mean) / sqrt(variance + epsilon) + beta)`, statistics over every axis but the last, those of
 * each group by itself.
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
  options: GroupedBatchNormActivationOptions = {},
): BatchNormActivationResult<T> {
  const { activation = 'linear', alpha = 0.2, epsilon = 1e-3, groups = 1 } = options;
  const channels = x.shape[x.rank - 1];
  assertFloatChannels(x, 'batchNormActivation: x');
  assertFloatChannels(gamma, 'batchNormActivation: gamma', channels);
  assertFloatChannels(beta, 'batchNormActivation: beta', channels);
  assertActivation(activation, alpha, ACTIVATIONS, 'batchNormActivation');
  if (!(epsilon > 0)) throw new Error(`batchNormActivation: epsilon must be positive, got ${epsilon}`);
  if (!Number.isInteger(groups) || groups < 1 || x.shape[0] % groups !== 0) {
    throw new Error(
      `batchNormActivation: groups must be a whole number that divides x's first axis, ${x.shape[0]}, got ${groups}`,
    );
  }
  const attrs: Attributes = { activation, alpha, epsilon, groups };
  const [y, batchMean, variance] = runFusedKernel(FUSED_KERNELS.batchNormActivation, { x, gamma, beta }, attrs, forward);
  return { y: y as T, mean: batchMean, variance };
}

/** x or its gradient by group, [groups, rows, C]. */
function byGroup(x: Tensor, groups: number): Tensor {
  const channels = x.shape[x.rank - 1];
  return reshape(x, [groups, x.size / Math.max(1, channels * groups), channels]);
}

/** Rows normalised to mean 0 and variance 1, [groups, rows, C], and the factor 1/σ that they were scaled by, [groups, 1, C]. */
function normalise(
  x: Tensor,
  batchMean: Tensor,
  variance: Tensor,
  epsilon: number,
): { normalised: Tensor; inverseDeviation: Tensor } {
  const inverseDeviation = rsqrt(add(variance, epsilon));
  return { normalised: mul(sub(x, batchMean), inverseDeviation), inverseDeviation };
}

function forward({ x, gamma, beta }: Record<string, Tensor>, attrs: Attributes): Tensor[] {
  const { activation, alpha, epsilon, groups } = attrs;
  const rows = byGroup(x, groups);
  const batchMean = mean(rows, 1, true); // [groups, 1, C]
  const variance = mean(square(sub(rows, batchMean)), 1, true);
  const { normalised } = normalise(rows, batchMean, variance, epsilon);
  const y = applyActivation(add(mul(normalised, gamma), beta), activation, alpha);
  const shape = statisticsShape(groups, gamma.size);
  return [reshape(y, x.shape), reshape(batchMean, shape), reshape(variance, shape)];
}

/**
 * dx = gamma/σ · (g - mean(g) - x̂·mean(g·x̂)), where g is the gradient at the activation's input and x̂ the normalised x, means over the
 * rows of a group.
 */
function backward({ x, dy, gamma, beta, ...statistics }: Record<string, Tensor>, attrs: Attributes): Tensor[] {
  const { activation, alpha, epsilon, groups } = attrs;
  const [batchMean, variance] = [statistics.mean, statistics.variance].map((each) => reshape(each, [groups, 1, gamma.size]));
  const { normalised, inverseDeviation } = normalise(byGroup(x, groups), batchMean, variance, epsilon);
  const g = activationGradient(byGroup(dy, groups), add(mul(normalised, gamma), beta), activation, alpha);
  const weighted = mul(g, normalised);
  const centred = sub(sub(g, mean(g, 1, true)), mul(normalised, mean(weighted, 1, true)));
  const dx = reshape(mul(centred, mul(gamma, inverseDeviation)), x.shape);
  return [dx, sum(weighted, [0, 1]), sum(g, [0, 1])];
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
