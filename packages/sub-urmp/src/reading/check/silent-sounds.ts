import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { hzToMel, LMS_FRAMES, LMS_SAMPLE_RATE_HZ, MEL_COUNT, melToHz } from '@cmcgan/audio-features';
import type { Pair } from '../pair';
import type { ExaminedFolder } from '../examine-folder';
import { asFloats, LMS } from '../features/feature-kind';
import { SILENCE } from './silence-rule';

const FFT_SIZE = 2048;

/**
 * Level (RMS) of a sound in dB of full scale, from its log-mel spectrum [128, 44] in dB. The area of a mel filter is one, so its energy
 * times half its width in Hz, summed over the filters, is the power of the frame; by Parseval a Hann window of N samples
 * makes 3/16·N² of a mean square of 1.
 */
export function levelDb(lmsDb: Float32Array): number {
  let power = 0;
  for (let mel = 0; mel < MEL_COUNT; mel++) {
    let sum = 0;
    for (let frame = 0; frame < LMS_FRAMES; frame++) sum += 10 ** (lmsDb[mel * LMS_FRAMES + frame] / 10);
    power += (halfWidthsHz[mel] * sum) / LMS_FRAMES;
  }
  return 10 * Math.log10(power / ((3 / 16) * FFT_SIZE ** 2));
}

const edgeHz = (index: number) => melToHz((hzToMel(LMS_SAMPLE_RATE_HZ / 2) * index) / (MEL_COUNT + 1));
const halfWidthsHz = Array.from({ length: MEL_COUNT }, (_, mel) => (edgeHz(mel + 2) - edgeHz(mel)) / 2);

/** Collects which sounds are silent, by their SHA-256: 70 dB below full scale, as in prepare. */
export function createSilenceCollector() {
  const silent = new Map<string, boolean>();
  return {
    silent,
    add: (sha256: string, lmsDb: Float32Array) => void silent.set(sha256, levelDb(lmsDb) < SILENCE.belowFullScaleDb),
  };
}

/** The pairs whose sound is silent, from the files read now, else from the previous result in the cache, else from cached spectra. */
export async function silentPairs(
  { source, admitted, splits, fingerprint, cache }: ExaminedFolder,
  { silent, add }: ReturnType<typeof createSilenceCollector>,
): Promise<Pair[]> {
  const pairs = [...splits.train, ...splits.validation];
  const hashOf = (pair: Pair) => admitted.hashes.get(pair.id)?.sound ?? '';
  const rule = JSON.stringify({ fingerprint, below: SILENCE.belowFullScaleDb });
  const key = createHash('sha256').update(rule).update(pairs.map(hashOf).sort().join()).digest('hex');
  const name = join('silence', `${key}.json`);
  const stored = pairs.every((pair) => silent.has(hashOf(pair)))
    ? undefined
    : cache && (await readHashes(join(cache.path, name)));
  for (const pair of pairs) {
    const sha256 = hashOf(pair);
    if (stored) silent.set(sha256, stored.has(sha256));
    else if (!silent.has(sha256)) add(sha256, asFloats(await source.get(LMS, pair.soundPath, sha256)));
  }
  const found = pairs.filter((pair) => silent.get(hashOf(pair)));
  if (!stored) await cache?.write(name, JSON.stringify(found.map(hashOf)));
  return found;
}

async function readHashes(file: string): Promise<Set<string> | undefined> {
  try {
    const hashes: unknown = JSON.parse(await readFile(file, 'utf8'));
    return Array.isArray(hashes) ? new Set(hashes as string[]) : undefined;
  } catch {
    return undefined;
  }
}
