import type { LabelledPair } from '../training/labelled-data';

/** One fold of a cross-fit: the pairs that are left out of training, and those that are not. */
export interface Fold<P> {
  readonly train: P[];
  readonly unseen: P[];
}

/**
 * Divides pairs into folds, each with a contiguous part of every class: neighbouring pairs of a recording overlap, and so must not be on
 * different sides. Pairs are taken to be in the order of their recordings, as those of a `Dataset` are.
 *
 * @throws if a class has fewer pairs than there are folds
 */
export function foldsOf<P extends LabelledPair>(pairs: readonly P[], count: number): Fold<P>[] {
  if (!Number.isInteger(count) || count < 2) throw new Error(`foldsOf: count must be a whole number of at least 2, got ${count}`);
  const sizes = new Map<number, number>();
  const places = pairs.map(({ classId }) => {
    const place = sizes.get(classId) ?? 0;
    sizes.set(classId, place + 1);
    return place;
  });
  for (const { classId, instrument } of pairs) {
    const size = sizes.get(classId)!;
    if (size < count) throw new Error(`foldsOf: count must be at most ${size}, the pairs of ${instrument}, got ${count}`);
  }
  const foldOf = pairs.map(({ classId }, i) => Math.floor((places[i] * count) / sizes.get(classId)!));
  return Array.from({ length: count }, (_, fold) => ({
    train: pairs.filter((_pair, i) => foldOf[i] !== fold),
    unseen: pairs.filter((_pair, i) => foldOf[i] === fold),
  }));
}
