import { add, registerGradient, sum } from '@tensorflow/tfjs-core';
import type { Tensor } from '@tensorflow/tfjs-core';
import { activationGradient, applyActivation } from './activation';
import type { BiasActivation } from './activation';
import { assertActivation, assertFloatChannels } from './arguments';
import { FUSED_KERNELS, runFusedKernel } from './fused-kernels';

export interface BiasActivationOptions {
  /** Default 'linear'. */
  activation?: BiasActivation;
  /** Slope of leakyRelu's negative side, in [0, 1]; default 0.2. */
  alpha?: number;
}

interface Attributes {
  activation: BiasActivation;
  alpha: number;
}

/**
 * `activation(x + bias)`, for convolutions without batch normalisation. Differentiable once.
 *
 * @param x float32 [.., C]
 * @param bias float32 [C]
 * @returns float32, x's shape; the caller owns it
 */
export function biasActivation<T extends Tensor>(
  x: T,
  bias: Tensor,
  { activation = 'linear', alpha = 0.2 }: BiasActivationOptions = {},
): T {
  assertFloatChannels(x, 'biasActivation: x');
  assertFloatChannels(bias, 'biasActivation: bias', x.shape[x.rank - 1]);
  assertActivation(activation, alpha, ['linear', 'relu', 'leakyRelu', 'tanh'], 'biasActivation');
  const attrs: Attributes = { activation, alpha };
  return runFusedKernel(FUSED_KERNELS.biasActivation, { x, bias }, attrs, forward)[0] as T;
}

function forward({ x, bias }: Record<string, Tensor>, { activation, alpha }: Attributes): Tensor[] {
  return [applyActivation(add(x, bias), activation, alpha)];
}

/** The activation's output is enough: it has the sign of its input, and tanh' = 1 - tanh². */
function backward({ y, dy }: Record<string, Tensor>, { activation, alpha }: Attributes): Tensor[] {
  const dx = activationGradient(dy, y, activation, alpha);
  return [
    dx,
    sum(
      dx,
      y.shape.slice(0, -1).map((_, axis) => axis),
    ),
  ];
}

registerGradient({
  kernelName: FUSED_KERNELS.biasActivation,
  outputsToSave: [true],
  gradFunc: (dys, [y], attrs) => {
    const dy = Array.isArray(dys) ? dys[0] : dys;
    const attributes = attrs as unknown as Attributes;
    const [dx, dBias] = runFusedKernel(FUSED_KERNELS.biasActivationGradient, { y, dy }, attributes, backward);
    return { x: () => dx, bias: () => dBias };
  },
});
