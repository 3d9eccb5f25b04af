/** Training has diverged and cannot continue. */
export class DivergedError extends Error {
  override readonly name = 'DivergedError';
}

/** A loss that training can't continue with. */
export interface Divergence {
  /** For example 'generator' or 'discriminator'. */
  readonly network: string;
  readonly part: string;
  readonly value: number;
}
import { stack, sum, tidy } from '@tensorflow/tfjs-core';
import type { Tensor } from '@tensorflow/tfjs-core';
import type { StepLosses } from './step/step-losses';

/** A network's losses, the parts before their total, which is NaN if one of them is. */
function partsBeforeTotal(parts: Readonly<Record<string, number>>): [part: string, value: number][] {
  const { total, ...others } = parts;
  return [...Object.entries(others), ['total', total]];
}

/**
 * The first loss that is NaN, infinite or larger than `limit` (null: no limit); null if there is none. A total of several parts may have
 * any size, which depends on their weights. Means of -log D are of the order of the discriminator's logits, and means of |difference| are
 * at most 2 per sample: with a part beyond 1000, there is nothing left to learn from.
 */
export function findDivergence(losses: StepLosses, limit: number | null): Divergence | null {
  for (const [network, parts] of Object.entries(losses)) {
    const alone = Object.keys(parts).length === 1;
    for (const [part, value] of partsBeforeTotal(parts)) {
      const exploded = Math.abs(value) > (limit ?? Infinity) && (part !== 'total' || alone);
      if (!Number.isFinite(value) || exploded) return { network, part, value };
    }
  }
  return null;
}

/** Throws a {@link DivergedError} that names the first tensor with a NaN or an infinite number, if there is one. */
export async function assertFiniteWeights(tensors: Readonly<Record<string, Tensor>>, step: number): Promise<void> {
  const names = Object.keys(tensors);
  const sums = tidy(() => stack(names.map((name) => sum(tensors[name]))));
  const values = await sums.data();
  sums.dispose();
  const broken = names.find((_, index) => !Number.isFinite(values[index]));
  if (broken)
    throw new DivergedError(`${broken} holds numbers that are not finite after step ${step}; try a lower learning rate`);
}

/** Throws a {@link DivergedError} if a loss of the step is not finite, or larger than `limit` (null: no limit). */
export function assertNotDiverged(losses: StepLosses, limit: number | null, step: number): void {
  const divergence = findDivergence(losses, limit);
  if (divergence === null) return;
  const { network, part, value } = divergence;
  const what = Number.isFinite(value) ? `has exploded to ${value.toPrecision(3)}, beyond lossLimit ${limit},` : `is ${value}`;
  throw new DivergedError(`the ${network}'s ${part} loss ${what} at step ${step}; try a lower learning rate or another seed`);
}
