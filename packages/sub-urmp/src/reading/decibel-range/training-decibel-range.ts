import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { DecibelRange } from '@cmcgan/audio-features';
import type { AdmittedPairs } from '../admit-pairs';
import type { CacheFolder } from '../cache/cache-folder';
import type { Pair } from '../pair';
import { MAX_SPAN_DB, SHARE_ABOVE_CEILING } from './decibel-histogram';
import { asFloats, LMS } from '../features/feature-kind';
import type { FeatureSource } from '../features/feature-source';

interface TrainingRangeOptions {
  source: FeatureSource;
  admitted: AdmittedPairs;
  trainPairs: readonly Pair[];
  fingerprint: string;
  cache?: CacheFolder;
}

/** The dB range of the training split, as the histogram defines it; read from the cache if it is there for exactly these data. */
export async function trainingDecibelRange(options: TrainingRangeOptions): Promise<DecibelRange> {
  const { source, admitted, trainPairs, fingerprint, cache } = options;
  const { hashes, histogram, counted } = admitted;
  const soundHash = (pair: Pair) => hashes.get(pair.id)?.sound ?? '';
  const rule = JSON.stringify({ fingerprint, SHARE_ABOVE_CEILING, MAX_SPAN_DB });
  const key = createHash('sha256').update(rule).update(trainPairs.map(soundHash).sort().join()).digest('hex');
  const name = join('decibel-range', `${key}.json`);
  const stored = cache && (await readRange(join(cache.path, name)));
  if (stored) return stored;
  for (const pair of trainPairs) {
    if (counted.has(pair.id)) continue;
    histogram.add(asFloats(await source.get(LMS, pair.soundPath, soundHash(pair))));
  }
  const range = histogram.range();
  await cache?.write(name, JSON.stringify(range));
  return range;
}

async function readRange(file: string): Promise<DecibelRange | undefined> {
  try {
    const range = JSON.parse(await readFile(file, 'utf8')) as Partial<DecibelRange>;
    return isDecibelRange(range) ? range : undefined;
  } catch {
    return undefined;
  }
}

/** Whether the value has a floor below its ceiling, both finite. */
export function isDecibelRange(range: Partial<DecibelRange>): range is DecibelRange {
  const { floorDb, ceilingDb } = range;
  return Number.isFinite(floorDb) && Number.isFinite(ceilingDb) && (floorDb as number) < (ceilingDb as number);
}
