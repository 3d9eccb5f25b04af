import { realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { admitPairs, type AdmitPairsOptions, type AdmittedPairs } from './admit-pairs';
import { findPairs, type FindPairsOptions, type FoundPairs } from './archive/find-pairs';
import { openCacheFolder, type CacheFolder } from './cache/cache-folder';
import { openContentIndex } from './cache/content-index';
import { openFeatureFolder } from './cache/feature-folder';
import { createFeatureMemory } from './cache/feature-memory';
import type { IgnoredFile } from './archive/ignored-file';
import type { LeftOut } from './check/left-out';
import type { Pair, Split } from './pair';
import { featureFingerprint } from './features/feature-fingerprint';
import { createFeaturePool, type FeaturePoolOptions } from './features/feature-pool';
import { createFeatureSource, type FeatureSource } from './features/feature-source';
import { RemediableError, type OnWarning } from './remediable-error';

/** What the folder beside a data set is called that keeps what was computed from it. */
export const CACHE_FOLDER = '.cmcgan-cache';

/** Default memory for decoded pairs: 512 MiB, about 7,500 pairs. */
export const MEMORY_BYTES = 512 * 1024 * 1024;

/** The index of a large data set is saved after so many pairs, so that being killed does not lose all of it. */
const PAIRS_PER_SAVE = 5000;

export interface ExamineOptions extends FindPairsOptions, Pick<FeaturePoolOptions, 'threads'> {
  /** Where frames and spectra are kept, `<folder>/.cmcgan-cache` by default; null keeps them in memory only. */
  cacheFolder?: string | null;
  /** Bytes of decoded pairs (72 KB each) that are kept in memory; the rest comes from the cache folder. */
  memoryBytes?: number;
  /** Pairs looked at so far, of all. */
  onProgress?: (progress: { done: number; total: number }) => void;
  onWarning?: OnWarning;
}

/** A folder with every file of it read once. */
export interface ExaminedFolder {
  classNames: string[];
  /** The pairs whose files are whole. */
  splits: Record<Split, Pair[]>;
  /** The others. */
  leftOut: LeftOut[];
  /** What else lies in the folder. */
  ignored: IgnoredFile[];
  source: FeatureSource;
  admitted: AdmittedPairs;
  fingerprint: string;
  cache?: CacheFolder;
}

/** Called between the listing of a folder and its reading: a place to refuse it at once. */
export type JudgeListing = (listing: Pick<FoundPairs, 'splits' | 'leftOut' | 'ignored'>) => void;

/**
 * Lists a folder, then reads what the cache does not know yet, on several threads. `onSound` is given every spectrum computed now, `onPicture`
 * what every picture read now departs from its format in.
 */
export async function examineFolder(
  folder: string,
  options: ExamineOptions & { judgeListing?: JudgeListing } & Pick<AdmitPairsOptions, 'onSound' | 'onPicture'>,
): Promise<ExaminedFolder> {
  const { memoryBytes = MEMORY_BYTES, onProgress = () => {}, onSound, onPicture, judgeListing = () => {} } = options;
  if (!(memoryBytes >= 0)) throw new RangeError(`openDataset: memoryBytes must be at least 0, got ${memoryBytes}`);
  const listing = await findPairs(folder, options);
  judgeListing(listing);
  const cache = await openCache(folder, options);
  const fingerprint = await featureFingerprint();
  const index = cache && (await openContentIndex(cache, await realpath(folder)));
  const pool = createFeaturePool(options);
  const source = createFeatureSource({
    memory: createFeatureMemory(memoryBytes),
    folder: cache && (await openFeatureFolder(cache, fingerprint)),
    index,
    compute: (task) => pool.compute({ ...task, inspect: onPicture !== undefined }),
  });
  const pairs = [...listing.splits.train, ...listing.splits.validation];
  const afterPair = async (done: number) => (done % PAIRS_PER_SAVE === 0 ? index?.save() : undefined);
  const { concurrency } = pool;
  const admitted = await admitPairs(source, pairs, { concurrency, onProgress, onSound, onPicture, afterPair }).finally(() =>
    Promise.all([index?.save(), pool.close()]),
  );
  const whole = (split: Split) => listing.splits[split].filter(({ id }) => admitted.hashes.has(id));
  return {
    classNames: listing.classNames,
    splits: { train: whole('train'), validation: whole('validation') },
    leftOut: [...listing.leftOut, ...admitted.leftOut],
    ignored: listing.ignored,
    source,
    admitted,
    fingerprint,
    cache,
  };
}

async function openCache(folder: string, options: ExamineOptions): Promise<CacheFolder | undefined> {
  const { cacheFolder = join(folder, CACHE_FOLDER), onWarning = () => {} } = options;
  if (cacheFolder === null) return undefined;
  return openCacheFolder(cacheFolder, (reason) => {
    const problem = `cannot write the cache folder ${cacheFolder} (${reason}): frames and spectra stay in memory and are computed again next time`;
    const warning = new RemediableError(problem, { option: 'cacheFolder', suggestion: 'choose another with cacheFolder' });
    onWarning(warning.message, warning);
  });
}
