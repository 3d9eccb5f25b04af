import type { Dataset, Sample } from '../dataset';
import type { Pair, Split } from '../pair';
import { createRandom, type Random } from '@cmcgan/random';
import { drawMismatches } from './draw-mismatches';
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
  /** Int32Array [B]: where in the batch the sound lies that is the "wrong" one for image i (Eq. 1): of another instrument. */
  wrongSounds: Int32Array;
  /** Int32Array [B]: where in the batch the image lies that is the "wrong" one for sound i: of another instrument. */
  wrongImages: Int32Array;
}

export interface BatchesOptions {
  split: Split;
  /** At least 2. */
  batchSize: number;
  /** A non-negative integer; with `epoch` it fixes order and mismatches. */
  seed: number;
  /** A non-negative integer: each epoch has its own order. */
  epoch: number;
  /** The first batch, counted from 0: resumes an epoch where it stopped. */
  start?: number;
  /** Batches that are loaded ahead of the one in use. */
  prefetch?: number;
  /** Goes on where files have vanished or broken since the data set was opened, and counts them. Without it they are an error. */
  unreadable?: UnreadablePairs;
}

/** Full batches in one epoch of a split. */
export function batchCount(dataset: Dataset, { split, batchSize }: Pick<BatchesOptions, 'split' | 'batchSize'>): number {
  return Math.floor(dataset.splits[split].length / batchSize);
}

/**
 * One epoch of a split in shuffled batches, each with at least two instruments and with mismatches drawn for Eq. 1; what does not
 * fill a batch is left for another epoch's shuffle. Which batches come depends on seed, epoch and data alone, so an epoch resumed
 * at `start` continues as if it had never stopped. While a batch is in use the next `prefetch` are being loaded; memory for
 * (prefetch + 1)·B·208 KiB, in addition to the data set's own. With `unreadable`, a pair whose file is gone gives its place to another of
 * its class: batches stay full, and mismatches are of other instruments still.
 * @throws RangeError if an argument is out of range, the split has one instrument only or fewer pairs than a batch; when a batch is
 *   due, Error if a file of it cannot be read, or too many cannot
 */
export function batches(dataset: Dataset, options: BatchesOptions): AsyncIterableIterator<Batch> {
  const { split, batchSize, seed, epoch, start = 0, prefetch = 2, unreadable } = options;
  for (const [name, value] of Object.entries({ epoch, start, prefetch })) {
    if (!Number.isSafeInteger(value) || value < 0) {
      throw new RangeError(`batches: ${name} must be a non-negative integer, got ${value}`);
    }
  }
  if (split !== 'train' && split !== 'validation') {
    throw new RangeError(`batches: split must be 'train' or 'validation', got ${String(split)}`);
  }
  const pairs = dataset.splits[split];
  const random = createRandom(seed).fork(`${split} batches of epoch ${epoch}`);
  const plan = planEpoch(
    pairs.map(({ classId }) => classId),
    { batchSize, random: random.fork('order'), name: split },
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
  return prefetched({ load, start, end: plan.length, ahead: prefetch });
}

/** Yields load(start) … load(end - 1) in order, always with the next `ahead` on their way. */
async function* prefetched<T>(options: { load: (at: number) => Promise<T>; start: number; end: number; ahead: number }) {
  const { load, end, ahead } = options;
  const waiting: Promise<T>[] = [];
  for (let next = options.start; next < end || waiting.length > 0;) {
    while (next < end && waiting.length <= ahead) {
      const batch = load(next++);
      batch.catch(() => {}); // reported when its turn comes
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
