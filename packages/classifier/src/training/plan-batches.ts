import { seededUniform } from '@cmcgan/random';

/**
 * Endless batches of positions below `count`: pass after pass over all of them, each in a different order. Positions left over at the end
 * of a pass, fewer than a batch, are skipped in that pass. A set smaller than a batch is one batch.
 */
export function* planBatches(count: number, { batchSize, seed }: { batchSize: number; seed: number }): Generator<number[]> {
  const size = Math.min(batchSize, count);
  for (let pass = 0; ; pass++) {
    const order = shuffled(count, seededUniform(seed, `order of pass ${pass}`));
    for (let start = 0; start + size <= count; start += size) yield order.slice(start, start + size);
  }
}

/** 0 … count - 1 in random order (Fisher-Yates). */
function shuffled(count: number, uniform: () => number): number[] {
  const order = Array.from({ length: count }, (_, index) => index);
  for (let i = count - 1; i > 0; i--) {
    const j = Math.floor(uniform() * (i + 1));
    [order[i], order[j]] = [order[j], order[i]];
  }
  return order;
}
