import type { BrokenFileError } from '../check/broken-file';
import type { Pair, Split } from '../pair';

/** A pair that was readable when the data set was opened but can no longer be loaded, with the reason. */
export interface UnreadablePair {
  readonly pair: Pair;
  /** One sentence that names the file. */
  readonly message: string;
}

export interface UnreadablePairsOptions {
  /** The share of a split that may become unreadable, 0 to 1, by default 0.01. Unless it is 0, at least one pair may. */
  maxShare?: number;
  /** Called once for each pair, when it is first found unreadable. */
  onUnreadable?: (unreadable: UnreadablePair) => void;
}

/** Records pairs that have become unreadable since a data set was opened; use one for a whole run, passed to `batches` in every epoch. */
export interface UnreadablePairs {
  /** The unreadable pairs so far, in the order in which they were found. */
  readonly pairs: readonly UnreadablePair[];
  has(pair: Pair): boolean;
  /**
   * Records that a pair cannot be loaded.
   * @throws Error if too many pairs of its split are unreadable by now
   */
  add(pair: Pair, error: BrokenFileError, splitSize: number): void;
}

/**
 * Lets training continue if files disappear or change meanwhile: `batches` replaces their pairs by others and counts them here, up to
 * `maxShare` of a split.
 * @throws RangeError if `maxShare` is not within 0..1
 */
export function tolerateUnreadable({ maxShare = 0.01, onUnreadable }: UnreadablePairsOptions = {}): UnreadablePairs {
  if (!(maxShare >= 0 && maxShare <= 1)) {
    throw new RangeError(`tolerateUnreadable: maxShare must lie within 0..1, got ${maxShare}`);
  }
  const found = new Map<string, UnreadablePair>();
  const countOf = (split: Split) => [...found.values()].filter(({ pair }) => pair.split === split).length;
  return {
    get pairs() {
      return [...found.values()];
    },
    has: ({ id }) => found.has(id),
    add(pair, { message }, splitSize) {
      if (!found.has(pair.id)) {
        found.set(pair.id, { pair, message });
        onUnreadable?.({ pair, message });
      }
      const [count, allowed] = [countOf(pair.split), maxShare === 0 ? 0 : Math.max(1, Math.floor(maxShare * splitSize))];
      if (count <= allowed) return;
      throw new Error(
        `batches: at most ${allowed} of the ${splitSize} pairs of the ${pair.split} split may become unreadable, got ${count}; the last: ${message}`,
      );
    },
  };
}
