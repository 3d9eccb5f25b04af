import { add, div, mul, sqrt, square, sub } from '@tensorflow/tfjs-core';
import type { Variable } from '@tensorflow/tfjs-core';
import { FUSED_KERNELS } from './fused-kernels';
import { createOptimizer } from './optimizer';
import type { Optimizer } from './optimizer';

export interface AdamOptions {
  /** The variables to update; the list is fixed, so that every variable keeps its own moments. */
  variables: readonly Variable[];
  learningRate: number;
  /** Decay of the mean of gradients, in [0, 1); default 0.9. */
  beta1?: number;
  /** Decay of the mean of squared gradients, in [0, 1); default 0.999. */
  beta2?: number;
  /** Default 1e-8. */
  epsilon?: number;
}

/**
 * Adam (Kingma and Ba, 2015) with bias correction, as in PyTorch: with m = β₁m + (1-β₁)g and v = β₂v + (1-β₂)g²,
 * p -= lr · m̂ / (√v̂ + ε), where m̂ = m/(1-β₁ᵗ) and v̂ = v/(1-β₂ᵗ).
 */
export function createAdam({ variables, learningRate, beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8 }: AdamOptions): Optimizer {
  for (const [name, beta] of Object.entries({ beta1, beta2 })) {
    if (!(beta >= 0 && beta < 1)) throw new Error(`createAdam: ${name} must be in [0, 1), got ${beta}`);
  }
  if (!(epsilon > 0)) throw new Error(`createAdam: epsilon must be positive, got ${epsilon}`);
  return createOptimizer(
    {
      functionName: 'createAdam',
      slotNames: ['firstMoment', 'secondMoment'],
      kernelName: FUSED_KERNELS.adamSteps,
      // Both corrections are folded into two numbers: p -= stepSize · m / (√v + ε·√(1-β₂ᵗ)).
      attrs: (stepCount, rate) => {
        const secondCorrection = Math.sqrt(1 - beta2 ** stepCount);
        const stepSize = (rate * secondCorrection) / (1 - beta1 ** stepCount);
        return { beta1, beta2, stepSize, epsilon: epsilon * secondCorrection };
      },
      update: (value, gradient, [first, second], attrs) => {
        const m = add(mul(first, beta1), mul(gradient, 1 - beta1));
        const v = add(mul(second, beta2), mul(square(gradient), 1 - beta2));
        return [sub(value, div(mul(m, attrs.stepSize), add(sqrt(v), attrs.epsilon))), m, v];
      },
    },
    variables,
    learningRate,
  );
}
