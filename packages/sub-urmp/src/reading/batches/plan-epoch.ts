import type { Random } from '@cmcgan/random';
import { drawSamples, type Sampling } from './draw-samples';

export interface PlanEpochOptions {
  batchSize: number;
  random: Random;
  /** The split's name, for error messages. */
  name: string;
  /** How often samples of each class are drawn; by default, every sample once. */
  sampling?: Sampling;
}

/**
 * Draws samples in random order and cuts them into batches; the last, partial one is dropped. Every batch holds at least two classes, as
 * mismatched pairs need: if the shuffle left only one class in a batch, a sample is exchanged with another batch that can spare one, or
 * with the dropped rest.
 * @param classIds class of every sample
 * @returns indices into `classIds`, [batch][position]; no index comes twice if shuffled
 * @throws RangeError if `batchSize` is not an integer from 2 to the number of samples, there is only one class, or one class is so
 *   much larger than all others that some batch would consist of it alone
 */
export function planEpoch(
  classIds: readonly number[],
  { batchSize, random, name, sampling = 'shuffled' }: PlanEpochOptions,
): number[][] {
  assertBatchSize(classIds, batchSize, name);
  const order = drawSamples(classIds, sampling, random);
  const groups: number[][] = [];
  for (let start = 0; start < order.length; start += batchSize) groups.push(order.slice(start, start + batchSize));
  const batchCount = Math.floor(classIds.length / batchSize);
  const classCount = (group: readonly number[]) => new Set(group.map((index) => classIds[index])).size;

  for (let i = 0; i < batchCount; i++) {
    if (classCount(groups[i]) > 1) continue;
    const ownClass = classIds[groups[i][0]];
    const isOther = (index: number) => classIds[index] !== ownClass;
    // The dropped rest may lose its only sample of another class; a batch must keep one, unless it receives one from ours.
    const canSpare = (group: readonly number[], at: number) => {
      const others = group.filter(isOther).length;
      return at !== i && (at >= batchCount ? others > 0 : others > 1);
    };
    const donors = groups.filter(canSpare);
    if (donors.length === 0) throw lopsided(classIds, { batchSize, name });
    const donor = donors[random.integer(donors.length)];
    const taken = donor.findIndex(isOther);
    const given = random.integer(batchSize);
    [donor[taken], groups[i][given]] = [groups[i][given], donor[taken]];
  }
  return groups.slice(0, batchCount);
}

function assertBatchSize(classIds: readonly number[], batchSize: number, name: string): void {
  if (!Number.isInteger(batchSize) || batchSize < 2) {
    throw new RangeError(`batches: batchSize must be an integer of at least 2, got ${batchSize}`);
  }
  if (batchSize > classIds.length) {
    throw new RangeError(
      `batches: batchSize must be at most the ${classIds.length} pairs of the ${name} split, got ${batchSize}`,
    );
  }
  const classes = new Set(classIds);
  if (classes.size < 2) {
    throw new RangeError(`batches: the ${name} split must hold at least 2 instruments, to mismatch pairs, got ${classes.size}`);
  }
}

function lopsided(classIds: readonly number[], { batchSize, name }: { batchSize: number; name: string }): RangeError {
  const counts = new Map<number, number>();
  for (const id of classIds) counts.set(id, (counts.get(id) ?? 0) + 1);
  const largest = Math.max(...counts.values());
  return new RangeError(
    `batches: every batch must hold 2 instruments, but ${largest} of the ${classIds.length} pairs of the ${name} split are of one; use a batchSize above ${batchSize}`,
  );
}
