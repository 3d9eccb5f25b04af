import { stack, sum, tidy, type Tensor } from '@tensorflow/tfjs-core';
import { DivergedError } from './diverged-error';

/** Throws a {@link DivergedError} that names the first tensor which holds a NaN or an infinite number. */
export async function assertFiniteWeights(tensors: Readonly<Record<string, Tensor>>, step: number): Promise<void> {
  const names = Object.keys(tensors);
  const sums = tidy(() => stack(names.map((name) => sum(tensors[name]))));
  const values = await sums.data();
  sums.dispose();
  const broken = names.find((_, index) => !Number.isFinite(values[index]));
  if (broken)
    throw new DivergedError(`${broken} holds numbers that are not finite after step ${step}; try a lower learning rate`);
}
