import { createHash } from 'node:crypto';
import { realpath } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { lmsToSound, type DecibelRange } from '@cmcgan/audio-features';
import { pixelsToImage } from '@cmcgan/image-io';
import { admitPairs, type PairHashes } from './admit-pairs';
import { findPairs, type FindPairsOptions } from './archive/find-pairs';
import { openCacheFolder } from './cache/cache-folder';
import { openContentIndex } from './cache/content-index';
import { openFeatureFolder } from './cache/feature-folder';
import { createFeatureMemory } from './cache/feature-memory';
import type { Dataset, Pair } from './dataset';
import { featureFingerprint } from './features/feature-fingerprint';
import { FRAME, LMS } from './features/feature-kind';
import { createFeatureSource } from './features/feature-source';
import { isDecibelRange, trainingDecibelRange } from './training-decibel-range';

/** What the folder beside a data set is called that keeps what was computed from it. */
export const CACHE_FOLDER = '.cmcgan-cache';

/** Memory for decoded pairs unless told otherwise: 512 MiB, about 7,500 pairs. */
export const MEMORY_BYTES = 512 * 1024 * 1024;

/** The index of a large data set is saved after so many pairs, so that being killed does not lose all of it. */
const PAIRS_PER_SAVE = 5000;

export interface OpenDatasetOptions extends FindPairsOptions {
  /** Where frames and spectra are kept, `<folder>/.cmcgan-cache` by default; null keeps them in memory only. */
  cacheFolder?: string | null;
  /** Bytes of decoded pairs (72 KB each) that are kept in memory; the rest comes from the cache folder. */
  memoryBytes?: number;
  /** The dB of a sound's -1 and 1, instead of the training split's own: that of a checkpoint, say. */
  decibelRange?: DecibelRange;
  /** Pairs looked at so far, of all. */
  onProgress?: (progress: { done: number; total: number }) => void;
  onWarning?: (warning: string) => void;
}

/**
 * Opens a folder in Sub-URMP's layout: `img/{train,validation|test}/<instrument>/*.jpg` beside
 * `chunk/{…}/<instrument>/*.wav`, pairs by stem, class ids alphabetical (the paper's section "Dataset").
 *
 * Every file is read and decoded once. Frames and spectra go to a cache folder, by the content of the file and by what the
 * decoders do to a fixed probe, so that opening again is quick and nothing stale is ever used; where that folder cannot be written
 * they stay in memory, with one warning. Killing it at any moment leaves a valid cache; runs may share one.
 * @param folder the data set
 * @throws Error if the folder is missing or empty or laid out otherwise, a pair lacks one half, or files cannot be read: a text
 *   named .wav, a truncated picture, a sound that is not 0.5 s at 44,100 Hz. All files concerned are named.
 */
export async function openDataset(folder: string, options: OpenDatasetOptions = {}): Promise<Dataset> {
  const {
    cacheFolder = join(folder, CACHE_FOLDER),
    memoryBytes = MEMORY_BYTES,
    onProgress = () => {},
    onWarning = () => {},
  } = options;
  if (options.decibelRange && !isDecibelRange(options.decibelRange)) {
    throw new RangeError(
      `openDataset: decibelRange must have floorDb below ceilingDb, got ${JSON.stringify(options.decibelRange)}`,
    );
  }
  if (!(memoryBytes >= 0)) throw new RangeError(`openDataset: memoryBytes must be at least 0, got ${memoryBytes}`);
  const { classNames, splits } = await findPairs(folder, options);
  const pairs = [...splits.train, ...splits.validation];

  const cache =
    cacheFolder === null
      ? undefined
      : await openCacheFolder(cacheFolder, (reason) => onWarning(cacheWarning(cacheFolder, reason)));
  const fingerprint = await featureFingerprint();
  const index = cache && (await openContentIndex(cache, await realpath(folder)));
  const source = createFeatureSource({
    memory: createFeatureMemory(memoryBytes),
    folder: cache && (await openFeatureFolder(cache, fingerprint)),
    index,
  });
  const afterPair = async (done: number) => (done % PAIRS_PER_SAVE === 0 ? index?.save() : undefined);
  const admitted = await admitPairs(source, pairs, { onProgress, afterPair }).finally(() => index?.save());
  const decibelRange =
    options.decibelRange ?? (await trainingDecibelRange({ source, admitted, trainPairs: splits.train, fingerprint, cache }));

  const hashesOf = (pair: Pair): PairHashes => {
    const hashes = admitted.hashes.get(pair.id);
    if (!hashes) throw new Error(`Dataset.load: pair must be one of this data set, got ${pair.id}`);
    return hashes;
  };
  const loadLms = async (pair: Pair) => {
    const { buffer, byteOffset, byteLength } = await source.get(LMS, pair.soundPath, hashesOf(pair).sound);
    return new Float32Array(buffer, byteOffset, byteLength / Float32Array.BYTES_PER_ELEMENT).slice(); // [128, 44]
  };
  return {
    folder: resolve(folder),
    classNames,
    splits,
    decibelRange,
    manifestHash: manifestHash(pairs, hashesOf),
    loadLms,
    async load(pair) {
      const [pixels, lmsDb] = await Promise.all([source.get(FRAME, pair.imagePath, hashesOf(pair).image), loadLms(pair)]);
      return { image: pixelsToImage(pixels), sound: lmsToSound(lmsDb, decibelRange), classId: pair.classId };
    },
  };
}

function manifestHash(pairs: readonly Pair[], hashesOf: (pair: Pair) => PairHashes): string {
  const lines = pairs.map((pair) => `${pair.id} ${hashesOf(pair).image} ${hashesOf(pair).sound}\n`);
  return createHash('sha256').update(lines.sort().join('')).digest('hex');
}

function cacheWarning(folder: string, reason: string): string {
  return `cannot write the cache folder ${folder} (${reason}): frames and spectra stay in memory and are computed anew next time; name another with cacheFolder`;
}
