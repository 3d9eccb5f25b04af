import { WINDOW_MS } from '../check/audit-leakage';
import type { Pair } from '../pair';
import { createRandom } from '@cmcgan/random';
import { splitEnd } from './split-end';
import { sideKey, splitRecordings } from './split-recordings';

export interface SplitPartOptions {
  /** The share of each class's songs that goes to the part: above 0, below 1. */
  share: number;
  /** Determines which songs. */
  seed: number;
}

/** Pairs in two parts, each in their original order. */
export interface SplitPart {
  part: Pair[];
  rest: Pair[];
}

/**
 * Holds out part of a split by song within each class, for example to choose a model without looking at the validation songs: at least
 * one song of every class, never all of them. For a class with a single song, its end is held out, and pairs that overlap with it are in
 * neither part. A pair whose stem names no song counts as a song of its own.
 * @param pairs those of one split
 * @throws RangeError if `share` does not lie between 0 and 1
 */
export function splitPart(pairs: readonly Pair[], { share, seed }: SplitPartOptions): SplitPart {
  if (!(share > 0 && share < 1)) throw new RangeError(`splitPart: share must lie between 0 and 1, got ${share}`);
  const items = pairs.map((pair) => ({ pair, className: pair.instrument, recording: songOf(pair) }));
  const sides = splitRecordings(items, { validationShare: share, random: createRandom(seed).fork('part') });
  const ends = new Map<string, Set<Pair>>();
  const neither = new Set<Pair>();
  for (const [key, side] of sides) {
    if (side !== 'end') continue;
    const mine = items.filter((item) => sideKey(item) === key).map(({ pair }) => pair);
    const { end, gap } = endOf(mine, share);
    ends.set(key, end);
    for (const pair of gap) neither.add(pair);
  }
  const isPart = (item: (typeof items)[number]) => {
    const key = sideKey(item);
    return ends.get(key)?.has(item.pair) ?? sides.get(key) === 'validation';
  };
  const kept = items.filter(({ pair }) => !neither.has(pair));
  return {
    part: kept.filter(isPart).map(({ pair }) => pair),
    rest: kept.filter((item) => !isPart(item)).map(({ pair }) => pair),
  };
}

const songOf = ({ id, instrument, song }: Pair): string => (song === null ? id : `${instrument} ${song}`);

/** The last `share` of a song, and the earlier pairs whose sound overlaps with it. */
function endOf(song: readonly Pair[], share: number): { end: Set<Pair>; gap: Pair[] } {
  const ordered = [...song].sort((a, b) => (a.timeMs ?? 0) - (b.timeMs ?? 0));
  const sides = splitEnd(
    ordered.map(({ timeMs }) => timeMs ?? 0),
    { validationShare: share, windowMs: WINDOW_MS },
  );
  return {
    end: new Set(ordered.filter((_, i) => sides[i] === 'validation')),
    gap: ordered.filter((_, i) => sides[i] === undefined),
  };
}
