import { BrokenFileError } from '../check/broken-file';
import type { Dataset, Sample } from '../dataset';
import type { Pair } from '../pair';
import { mapConcurrent } from '../map-concurrent';
import type { Random } from '@cmcgan/random';
import type { UnreadablePairs } from './unreadable-pairs';

const CONCURRENCY = 8;

export interface LoadPairsOptions {
  /** All pairs of the split, from which replacements are chosen. */
  candidates: readonly Pair[];
  /** Without it an unreadable pair is an error. */
  unreadable?: UnreadablePairs;
  /** Chooses replacements. */
  random: Random;
  /** Called with the sample for each position. */
  place: (sample: Sample, position: number) => void;
}

/**
 * Loads the pairs of a batch. An unreadable pair is replaced by another of its class that is not in the batch yet; else by one of
 * another class, else by one that is already in the batch. The choice depends on `random` and on which pairs are unreadable.
 * @returns the pairs that were loaded, by position
 */
export async function loadPairs(dataset: Dataset, pairs: readonly Pair[], options: LoadPairsOptions): Promise<Pair[]> {
  const { candidates, unreadable, random, place } = options;
  const attempt = async (pair: Pair, position: number): Promise<Pair | undefined> => {
    if (unreadable?.has(pair)) return undefined;
    try {
      place(await dataset.load(pair), position);
      return pair;
    } catch (error) {
      if (!unreadable || !(error instanceof BrokenFileError)) throw error;
      unreadable.add(pair, error, candidates.length);
      return undefined;
    }
  };
  const loaded = await mapConcurrent(pairs, CONCURRENCY, attempt);
  const used = new Set(loaded.filter((pair) => pair !== undefined));
  // One after another, so that a replacement depends on the previous ones only, not on timing.
  for (const [position, pair] of pairs.entries()) {
    for (const candidate of loaded[position] ? [] : inOrder({ candidates, used, pair, random: random.fork(position) })) {
      loaded[position] = await attempt(candidate, position);
      if (loaded[position]) break;
    }
    const found = loaded[position];
    if (!found) throw new Error(`batches: the ${pair.split} split must hold a pair that can be read, got none`);
    used.add(found);
  }
  return loaded as Pair[];
}

/** Candidates in random order: first the pair's class outside of the batch, then other classes outside of it, then those in it. */
function inOrder(options: { candidates: readonly Pair[]; used: ReadonlySet<Pair>; pair: Pair; random: Random }): Pair[] {
  const { candidates, used, pair, random } = options;
  const rank = (other: Pair) => 2 * Number(used.has(other)) + Number(other.classId !== pair.classId);
  return random.shuffle([...candidates]).sort((a, b) => rank(a) - rank(b));
}
