import type { Pair } from '../pair';

/** One fold of a cross-validation: the pairs that are left out of training, and the others. */
export interface Fold {
  readonly train: Pair[];
  readonly unseen: Pair[];
}

/**
 * Divides pairs into folds, each with a contiguous part of every class in the order of songs and times: neighbours in a song overlap, and so
 * only the few at the ends of a part have a neighbour on the other side.
 *
 * @param pairs those of one split
 * @throws RangeError if a class has fewer pairs than there are folds
 */
export function foldsOf(pairs: readonly Pair[], count: number): Fold[] {
  if (!Number.isInteger(count) || count < 2)
    throw new RangeError(`foldsOf: count must be a whole number of at least 2, got ${count}`);
  const foldOf = new Map<Pair, number>();
  for (const instrument of new Set(pairs.map((pair) => pair.instrument))) {
    const ordered = pairs.filter((pair) => pair.instrument === instrument).sort(bySongAndTime);
    if (ordered.length < count)
      throw new RangeError(`foldsOf: count must be at most ${ordered.length}, the pairs of ${instrument}, got ${count}`);
    ordered.forEach((pair, place) => foldOf.set(pair, Math.floor((place * count) / ordered.length)));
  }
  return Array.from({ length: count }, (_, fold) => ({
    train: pairs.filter((pair) => foldOf.get(pair) !== fold),
    unseen: pairs.filter((pair) => foldOf.get(pair) === fold),
  }));
}

function bySongAndTime(a: Pair, b: Pair): number {
  return (a.song ?? 0) - (b.song ?? 0) || (a.timeMs ?? 0) - (b.timeMs ?? 0) || (a.id < b.id ? -1 : 1);
}
