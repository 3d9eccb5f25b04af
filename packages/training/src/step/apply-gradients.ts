import { add, addN, div, dispose, minimum, mul, sqrt, square, sum, tidy } from '@tensorflow/tfjs-core';
import type { Scalar, Tensor } from '@tensorflow/tfjs-core';
import type { Optimizer } from '@cmcgan/tfjs-kernels';

/** Keeps the division finite where all gradients are zero, as in PyTorch. */
const EPSILON = 1e-6;

/**
 * One step of the optimiser; disposes of the gradients.
 *
 * @param maxNorm what the norm over all gradients of the network is clipped to; null: they are taken as they are
 */
export function applyGradients(optimizer: Optimizer, gradients: Tensor[], maxNorm: number | null): void {
  const applied = maxNorm === null ? gradients : clipByNorm(gradients, maxNorm);
  optimizer.step(applied);
  dispose(applied);
  if (applied !== gradients) dispose(gradients);
}

/** g · min(1, maxNorm / (norm + 1e-6)), norm² being the sum of all squares of all gradients. The caller owns the results. */
export function clipByNorm(gradients: readonly Tensor[], maxNorm: number): Tensor[] {
  return tidy(() => {
    const norm: Scalar = sqrt(addN(gradients.map((gradient) => sum<Scalar>(square(gradient)))));
    const factor = minimum(1, div(maxNorm, add(norm, EPSILON)));
    return gradients.map((gradient) => mul(gradient, factor));
  });
}

/** The sums of two lists of gradients, tensor by tensor; disposes both lists. Without a first list the second one itself. */
export function sumGradients(sum: Tensor[] | undefined, gradients: Tensor[]): Tensor[] {
  if (sum === undefined) return gradients;
  const added = gradients.map((gradient, i) => add(sum[i], gradient));
  dispose([...sum, ...gradients]);
  return added;
}
