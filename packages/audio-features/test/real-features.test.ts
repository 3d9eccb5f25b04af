// Features of recordings that are not in this repository, compared with librosa's values, which are.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { decodeAudio } from '../src/decode/decode-audio';
import { toMono } from '../src/to-mono';
import { compareFeatures } from './fixtures/compare-features';
import { expectedValues } from './fixtures/features';

const expected = expectedValues('real');
const folder = process.env.CMCGAN_DATA;
/** The folder of the data sets, or one of them. */
const roots = folder === undefined ? [] : [folder, join(folder, '..')];
const pathOf = (name: string) => roots.map((root) => join(root, name)).find((path) => existsSync(path));
const missing = Object.keys(expected).filter((name) => pathOf(name) === undefined);
if (missing.length > 0) {
  console.warn(`Skipped: CMCGAN_DATA names no folder with ${missing.join(', ')}, so features of them are not tested.`);
}

describe.each(Object.keys(expected))('features of %s', (name) => {
  const path = pathOf(name);
  it.skipIf(path === undefined)('equal librosa', async () => {
    const { samples, sampleRateHz } = await decodeAudio(new Uint8Array(readFileSync(path!)), { name });
    const off = compareFeatures(toMono(samples), sampleRateHz, expected[name]!)
      .map(([feature, worst, tolerance]) => ({ feature, worst: worst(), tolerance }))
      .filter(({ worst, tolerance }) => !(worst < tolerance));
    expect(off).toEqual([]);
  });
});
