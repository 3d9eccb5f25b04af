import { createHash } from 'node:crypto';
import { realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { admitPairs, type AdmitPairsOptions, type AdmittedPairs } from './admit-pairs';
import { findPairs, type FindPairsOptions, type FoundPairs } from './archive/find-pairs';
import { openCacheFolder, type CacheFolder } from './cache/cache-folder';
import { openContentIndex } from './cache/content-index';
import { openFeatureFolder } from './cache/feature-folder';
import { createFeatureMemory } from './cache/feature-memory';
import { openingOnce } from './cache/opening-once';
import type { IgnoredFile } from './archive/ignored-file';
import type { LeftOut } from './check/left-out';
import type { Pair, Split } from './pair';
import { featureFingerprint } from './features/feature-fingerprint';
import { createFeaturePool, type FeaturePoolOptions } from './features/feature-pool';
import { createFeatureSource, type FeatureSource } from './features/feature-source';
import { RemediableError, type OnWarning } from './remediable-error';

/** Name of the folder in a data set that caches what was computed from it. */
export const CACHE_FOLDER = '.cmcgan-cache';

/** Default memory for decoded pairs: 512 MiB, about 7,500 pairs. */
export const MEMORY_BYTES = 512 * 1024 * 1024;

/** The index of a large data set is saved every so many pairs, so that a killed run does not lose all of it. */
const PAIRS_PER_SAVE = 5000;

export interface ExamineOptions extends FindPairsOptions, Pick<FeaturePoolOptions, 'threads'> {
  /** Folder for frames and spectra, by default `<folder>/.cmcgan-cache`; null keeps them in memory only. */
  cacheFolder?: string | null;
  /** Bytes of decoded pairs (72 KB each) to keep in memory; the rest is read from the cache folder. */
  memoryBytes?: number;
  /** Called with the number of pairs examined so far, and of all pairs. */
  onProgress?: (progress: { done: number; total: number }) => void;
  onWarning?: OnWarning;
}

/** A folder of which every file has been read once. */
export interface ExaminedFolder {
  classNames: string[];
  /** The pairs whose files can be used. */
  splits: Record<Split, Pair[]>;
  /** The files that cannot be used. */
  leftOut: LeftOut[];
  /** The files that are not used. */
  ignored: IgnoredFile[];
  source: FeatureSource;
  admitted: AdmittedPairs;
  fingerprint: string;
  cache?: CacheFolder;
}

/** Called after a folder has been listed and before it is read; may throw to reject it early. */
export type JudgeListing = (listing: Pick<FoundPairs, 'splits' | 'leftOut' | 'ignored'>) => void;

/**
 * Lists a folder, then reads the files that are not in the cache yet, on several threads. `onSound` is called with every spectrum computed
 * now, `onPicture` with how every picture read now departs from its format. Of several processes that open a folder for the first time, one
 * fills the cache while the others wait.
 */
export async function examineFolder(
  folder: string,
  options: ExamineOptions & { judgeListing?: JudgeListing } & Pick<AdmitPairsOptions, 'onSound' | 'onPicture'>,
): Promise<ExaminedFolder> {
  const { memoryBytes = MEMORY_BYTES, judgeListing = () => {} } = options;
  if (!(memoryBytes >= 0)) throw new RangeError(`openDataset: memoryBytes must be at least 0, got ${memoryBytes}`);
  const listing = await findPairs(folder, options);
  judgeListing(listing);
  const cache = await openCache(folder, options);
  if (cache === undefined) return readListing(folder, { ...options, listing });
  const name = await openingName(folder, listing);
  const wait = (holder: string) => options.onWarning?.(`waits for ${holder}, which is filling the cache ${cache.path}`);
  return openingOnce(cache, { name, wait }, () => readListing(folder, { ...options, listing, cache }));
}

/** Stands for a folder with so many pairs: once it has been opened, its features are in the cache. */
async function openingName(folder: string, { splits }: FoundPairs): Promise<string> {
  const text = `${await realpath(folder)} ${splits.train.length + splits.validation.length}`;
  return `opening-${createHash('sha256').update(text).digest('hex').slice(0, 16)}`;
}

type ReadListingOptions = ExamineOptions &
  Pick<AdmitPairsOptions, 'onSound' | 'onPicture'> & { listing: FoundPairs; cache?: CacheFolder };

async function readListing(folder: string, options: ReadListingOptions): Promise<ExaminedFolder> {
  const { memoryBytes = MEMORY_BYTES, onProgress = () => {}, onSound, onPicture, listing, cache } = options;
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
