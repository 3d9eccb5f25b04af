import type { Pair } from './dataset';
import { createDecibelHistogram, type DecibelHistogram } from './decibel-histogram';
import { FRAME, LMS } from './features/feature-kind';
import type { FeatureSource } from './features/feature-source';
import { mapConcurrent } from './map-concurrent';

/** Files read and decoded at a time: enough to keep libvips' threads busy while the main thread computes spectra. */
const CONCURRENCY = 6;
/** After so many broken files the rest are not looked at. */
const MAX_BROKEN = 20;

/** SHA-256 of a pair's two files. */
export interface PairHashes {
  image: string;
  sound: string;
}

export interface AdmittedPairs {
  /** By pair id. */
  hashes: Map<string, PairHashes>;
  /** The training sounds whose spectra were computed now, and the ids of those pairs. */
  histogram: DecibelHistogram;
  counted: Set<string>;
}

export interface AdmitPairsOptions {
  onProgress: (progress: { done: number; total: number }) => void;
  /** Called after every pair; a place to save what is known so far. */
  afterPair: (done: number) => Promise<void>;
}

/**
 * Reads every pair that is not in the cache yet, so that a broken file shows at once and not in the middle of an epoch.
 * @throws Error that names all broken files (up to 20) with what is wrong with each
 */
export async function admitPairs(
  source: FeatureSource,
  pairs: readonly Pair[],
  options: AdmitPairsOptions,
): Promise<AdmittedPairs> {
  const admitted: AdmittedPairs = { hashes: new Map(), histogram: createDecibelHistogram(), counted: new Set() };
  const broken: string[] = [];
  let done = 0;
  const attempt = async <T>(task: Promise<T>): Promise<T | undefined> =>
    task.catch((error: unknown) => {
      broken.push(error instanceof Error ? error.message : String(error));
      return undefined;
    });

  await mapConcurrent(pairs, CONCURRENCY, async (pair) => {
    if (broken.length >= MAX_BROKEN) return;
    const image = await attempt(source.admit(FRAME, pair.imagePath));
    const sound = await attempt(source.admit(LMS, pair.soundPath));
    if (image && sound) admitted.hashes.set(pair.id, { image: image.sha256, sound: sound.sha256 });
    if (sound?.feature && pair.split === 'train') {
      admitted.histogram.add(new Float32Array(sound.feature.buffer, sound.feature.byteOffset, sound.feature.byteLength / 4));
      admitted.counted.add(pair.id);
    }
    done++;
    options.onProgress({ done, total: pairs.length });
    await options.afterPair(done);
  });
  if (broken.length > 0) throw brokenFiles(broken);
  return admitted;
}

function brokenFiles(messages: string[]): Error {
  const count = messages.length >= MAX_BROKEN ? `${messages.length} or more` : String(messages.length);
  const list = messages.sort().map((message) => `\n  ${message}`);
  return new Error(
    `openDataset: every file must be readable, got ${count} that ${messages.length === 1 ? 'is' : 'are'} not:${list.join('')}`,
  );
}
