import { BrokenFileError } from './check/broken-file';
import { leftOut, type LeftOut } from './check/left-out';
import type { Pair } from './pair';
import { createDecibelHistogram, type DecibelHistogram } from './decibel-range/decibel-histogram';
import { asFloats, FRAME, LMS } from './features/feature-kind';
import type { FeatureSource } from './features/feature-source';
import { mapConcurrent } from './map-concurrent';

/** SHA-256 of a pair's two files. */
export interface PairHashes {
  image: string;
  sound: string;
}

export interface AdmittedPairs {
  /** By pair id, without pairs that have a broken file. */
  hashes: Map<string, PairHashes>;
  /** Of the training sounds whose spectra were computed now, and the ids of those pairs. */
  histogram: DecibelHistogram;
  counted: Set<string>;
  /** Broken files, in the order of the pairs. */
  leftOut: LeftOut[];
}

export interface AdmitPairsOptions {
  /** Number of pairs that are examined at once. */
  concurrency: number;
  onProgress: (progress: { done: number; total: number }) => void;
  /** Called with the log-mel spectrum, Float32Array [128, 44] in dB, of every sound that is not in the cache yet. */
  onSound?: (sha256: string, lmsDb: Float32Array) => void;
  /** Called for every picture that is read now, with how it departs from its format; empty if it does not. */
  onPicture?: (sha256: string, departure: string) => void;
  /** Called after every pair, for example to save progress. */
  afterPair: (done: number) => Promise<void>;
}

/** Reads every pair that is not in the cache yet, so that broken files are found now and not in the middle of an epoch. */
export async function admitPairs(
  source: FeatureSource,
  pairs: readonly Pair[],
  options: AdmitPairsOptions,
): Promise<AdmittedPairs> {
  const admitted = { hashes: new Map<string, PairHashes>(), histogram: createDecibelHistogram(), counted: new Set<string>() };
  let done = 0;

  const broken = await mapConcurrent(pairs, options.concurrency, async (pair): Promise<LeftOut[]> => {
    const found: LeftOut[] = [];
    const attempt = async <T>(task: Promise<T>): Promise<T | undefined> =>
      task.catch((error: unknown) => {
        if (!(error instanceof BrokenFileError)) throw error;
        found.push(leftOut(pair.id, error));
        return undefined;
      });
    const image = await attempt(source.admit(FRAME, pair.imagePath));
    const sound = await attempt(source.admit(LMS, pair.soundPath));
    if (image?.departure !== undefined) options.onPicture?.(image.sha256, image.departure);
    if (image && sound) {
      admitted.hashes.set(pair.id, { image: image.sha256, sound: sound.sha256 });
      const lmsDb = sound.feature && asFloats(sound.feature);
      if (lmsDb) options.onSound?.(sound.sha256, lmsDb);
      if (lmsDb && pair.split === 'train') {
        admitted.histogram.add(lmsDb);
        admitted.counted.add(pair.id);
      }
    }
    done++;
    options.onProgress({ done, total: pairs.length });
    await options.afterPair(done);
    return found;
  });
  return { ...admitted, leftOut: broken.flat() };
}
