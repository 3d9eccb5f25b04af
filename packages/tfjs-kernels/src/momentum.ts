import { add, mul, sub } from '@tensorflow/tfjs-core';
import type { Variable } from '@tensorflow/tfjs-core';
import { FUSED_KERNELS } from './fused-kernels';
import { createOptimizer } from './optimizer';
import type { Optimizer } from './optimizer';

export interface MomentumOptions {
  /** The variables to update; the list is fixed, so that every variable keeps its own velocity. */
  variables: readonly Variable[];
  learningRate: number;
  /** In [0, 1); default 0.9. */
  momentum?: number;
}

/** Gradient descent with momentum, as in PyTorch's SGD: v = momentum·v + g; p -= lr·v. */
export function createMomentum({ variables, learningRate, momentum = 0.9 }: MomentumOptions): Optimizer {
  if (!(momentum >= 0 && momentum < 1)) throw new Error(`createMomentum: momentum must be in [0, 1), got ${momentum}`);
  return createOptimizer(
    {
      functionName: 'createMomentum',
      slotNames: ['velocity'],
      kernelName: FUSED_KERNELS.momentumSteps,
      attrs: (_, rate) => ({ momentum, learningRate: rate }),
      update: (value, gradient, [velocity], attrs) => {
        const v = add(mul(velocity, momentum), gradient);
        return [sub(value, mul(v, attrs.learningRate)), v];
      },
    },
    variables,
    learningRate,
  );
}
