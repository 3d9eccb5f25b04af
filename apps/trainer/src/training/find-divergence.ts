/** A loss with which training can't go on. */
export interface Divergence {
  /** 'generator' or 'discriminator', say. */
  readonly network: string;
  readonly part: string;
  readonly value: number;
}
import type { StepLosses } from '@cmcgan/training';

/** A network's losses, its parts before their total: a total is no number because one of its parts is none. */
function partsBeforeTotal(parts: Readonly<Record<string, number>>): [part: string, value: number][] {
  const { total, ...others } = parts;
  return [...Object.entries(others), ['total', total]];
}

/**
 * The first loss that is no number, or infinite, or larger than `limit` (null: any size will do); null where all are well. A total of
 * several parts may have any size, as that follows from their weights. Means of -log D are of the order of the discriminator's logits,
 * means of |difference| at most 2 a sample: a part beyond 1000 has nothing left to learn from.
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
