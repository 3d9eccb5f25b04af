import type { BrokenFileError } from '../check/broken-file';
import type { Pair, Split } from '../pair';

/** A pair that could not be loaded although it could when the data set was opened, and why. */
export interface UnreadablePair {
  readonly pair: Pair;
  /** One sentence that names the file. */
  readonly message: string;
}

export interface UnreadablePairsOptions {
  /** The share of a split that may become unreadable: 0 to 1, by default 0.01; at least one pair may, unless it is 0. */
  maxShare?: number;
  /** Called once for each pair, when it is first missed. */
  onUnreadable?: (unreadable: UnreadablePair) => void;
}

/** What has become unreadable since a data set was opened: one for a whole run, handed to `batches` epoch by epoch. */
export interface UnreadablePairs {
  /** Those so far, in the order in which they were missed. */
  readonly pairs: readonly UnreadablePair[];
  has(pair: Pair): boolean;
  /**
   * Notes that a pair cannot be loaded.
   * @throws Error if by now too many of its split cannot
   */
  add(pair: Pair, error: BrokenFileError, splitSize: number): void;
}

/**
 * Lets training go on when files vanish or break under it: `batches` puts other pairs in their place and counts them here, until
 * they are more than `maxShare` of a split.
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
