import type { Dataset, Sample } from '../dataset';
import type { Pair, Split } from '../pair';
import { createRandom, type Random } from '@cmcgan/random';
import { drawMismatches } from './draw-mismatches';
import { SAMPLING_NAMES, type Sampling } from './draw-samples';
import { loadPairs } from './load-pairs';
import { planEpoch } from './plan-epoch';
import type { UnreadablePairs } from './unreadable-pairs';

const PIXELS_PER_IMAGE = 128 * 128 * 3;
const VALUES_PER_SOUND = 128 * 32;

/** One batch of B pairs. */
export interface Batch {
  /** Float32Array [B, 128, 128, 3] in [-1, 1]. */
  images: Float32Array;
  /** Float32Array [B, 128, 32, 1] in [-1, 1]. */
  sounds: Float32Array;
  /** Int32Array [B]. */
  classIds: Int32Array;
  pairs: Pair[];
  /** Int32Array [B]: position in the batch of the "wrong" sound for image i (Eq. 1), a sound of another instrument. */
  wrongSounds: Int32Array;
  /** Int32Array [B]: position in the batch of the "wrong" image for sound i, an image of another instrument. */
  wrongImages: Int32Array;
}

export interface BatchesOptions {
  split: Split;
  /** At least 2. */
  batchSize: number;
  /** A non-negative integer; determines order and mismatches together with `epoch`. */
  seed: number;
  /** A non-negative integer; each epoch has a different order. */
  epoch: number;
  /**
   * How often an epoch draws the pairs of each class; by default 'shuffled', every pair at most once. The others draw classes with few pairs more
   * often, and some pairs of large classes not at all; the number of batches stays the same.
   */
  sampling?: Sampling;
  /** The first batch, counted from 0, for resuming an epoch where it stopped. */
  start?: number;
  /** Whether to load a batch, by its number in the epoch, from 0. The others are left out, which doesn't change those that are loaded. */
  only?: (batch: number) => boolean;
  /** Number of batches that are loaded ahead of the one in use. */
  prefetch?: number;
  /** Continues, and counts, if files have disappeared or changed since the data set was opened. Without it, that is an error. */
  unreadable?: UnreadablePairs;
}

/** Number of full batches in one epoch of a split. */
export function batchCount(dataset: Dataset, { split, batchSize }: Pick<BatchesOptions, 'split' | 'batchSize'>): number {
  return Math.floor(dataset.splits[split].length / batchSize);
}

/**
 * One epoch of a split in shuffled batches, each with at least two instruments and with mismatches drawn for Eq. 1; pairs that do not
 * fill a batch are dropped in this epoch, and with another `sampling` some pairs come several times and others not at all. The batches depend on seed, epoch and data alone, so an epoch resumed at `start` continues as
 * if it had never stopped. While a batch is in use, the next `prefetch` are being loaded, which takes (prefetch + 1)·B·208 KiB of memory
 * in addition to the data set's own. With `unreadable`, a pair that can no longer be read is replaced by another of its class, so
 * that batches stay full and mismatches still have other instruments.
 * @throws RangeError if an argument is out of range, or the split has only one instrument or fewer pairs than a batch. When a batch is
 *   requested, Error if one of its files cannot be read (with `unreadable`: if too many cannot)
 */
export function batches(dataset: Dataset, options: BatchesOptions): AsyncIterableIterator<Batch> {
  const {
    split,
    batchSize,
    seed,
    epoch,
    sampling = 'shuffled',
    start = 0,
    only = () => true,
    prefetch = 2,
    unreadable,
  } = options;
  for (const [name, value] of Object.entries({ epoch, start, prefetch })) {
    if (!Number.isSafeInteger(value) || value < 0) {
      throw new RangeError(`batches: ${name} must be a non-negative integer, got ${value}`);
    }
  }
  if (split !== 'train' && split !== 'validation') {
    throw new RangeError(`batches: split must be 'train' or 'validation', got ${String(split)}`);
  }
  if (!SAMPLING_NAMES.includes(sampling)) {
    throw new RangeError(`batches: sampling must be one of ${SAMPLING_NAMES.join(', ')}, got ${String(sampling)}`);
  }
  const pairs = dataset.splits[split];
  const random = createRandom(seed).fork(`${split} batches of epoch ${epoch}`);
  const plan = planEpoch(
    pairs.map(({ classId }) => classId),
    { batchSize, random: random.fork('order'), name: split, sampling },
  );
  if (start > plan.length)
    throw new RangeError(`batches: start must be at most the ${plan.length} batches of the epoch, got ${start}`);
  const load = (at: number) =>
    loadBatch(dataset, {
      pairs: plan[at].map((index) => pairs[index]),
      candidates: pairs,
      unreadable,
      replacements: random.fork(`replacements ${at}`),
      mismatches: random.fork(`mismatches ${at}`),
    });
  const numbers = [...plan.keys()].filter((batch) => batch >= start && only(batch));
  return prefetched(numbers, load, prefetch);
}

/** Yields what the numbers load, in order, loading the next `ahead` in the background. */
async function* prefetched<T>(numbers: readonly number[], load: (at: number) => Promise<T>, ahead: number) {
  const waiting: Promise<T>[] = [];
  for (let next = 0; next < numbers.length || waiting.length > 0;) {
    while (next < numbers.length && waiting.length <= ahead) {
      const batch = load(numbers[next++]);
      batch.catch(() => {}); // reported when this batch is requested
      waiting.push(batch);
    }
    yield await (waiting.shift() as Promise<T>);
  }
}

interface LoadBatchOptions {
  pairs: readonly Pair[];
  candidates: readonly Pair[];
  unreadable?: UnreadablePairs;
  replacements: Random;
  mismatches: Random;
}

async function loadBatch(dataset: Dataset, options: LoadBatchOptions): Promise<Batch> {
  const { candidates, unreadable, replacements, mismatches } = options;
  const images = new Float32Array(options.pairs.length * PIXELS_PER_IMAGE); // [B, 128, 128, 3]
  const sounds = new Float32Array(options.pairs.length * VALUES_PER_SOUND); // [B, 128, 32, 1]
  const place = ({ image, sound }: Sample, position: number) => {
    images.set(image, position * PIXELS_PER_IMAGE);
    sounds.set(sound, position * VALUES_PER_SOUND);
  };
  const pairs = await loadPairs(dataset, options.pairs, { candidates, unreadable, random: replacements, place });
  const classIds = Int32Array.from(pairs, ({ classId }) => classId);
  const wrongSounds = drawMismatches(classIds, mismatches.fork('sounds'));
  const wrongImages = drawMismatches(classIds, mismatches.fork('images'));
  return { images, sounds, classIds, pairs, wrongSounds, wrongImages };
}
