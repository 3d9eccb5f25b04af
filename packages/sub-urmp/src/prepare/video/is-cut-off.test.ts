import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../../test/small-archive';
import { isCutOff } from './is-cut-off';

const fixture = (name: string) => new URL(`../../../test/fixtures/videos/${name}`, import.meta.url);

async function holding(bytes: Uint8Array): Promise<string> {
  const path = join(await temporaryFolder(), 'video');
  await writeFile(path, bytes);
  return path;
}

const NAMES = [
  'tone.mp4',
  'tone.mov',
  'tone.3gp',
  'tone.mkv',
  'tone.webm',
  'tone.avi',
  'tone.wmv',
  'tone.flv',
  'tone.m2ts',
  'tone.mpg',
];

describe('isCutOff', () => {
  it.each(NAMES)('%s is whole', async (name) => {
    expect(await isCutOff(await holding(await readFile(fixture(name))))).toBe(false);
  });

  it.each(NAMES.filter((name) => name !== 'tone.mpg'))('%s without its end is not', async (name) => {
    const bytes = await readFile(fixture(name));
    for (const part of [0.2, 0.5, 0.9]) {
      const path = await holding(bytes.subarray(0, Math.floor((part * bytes.length) / 1000) * 1000 + 3));
      expect([part, await isCutOff(path)]).toEqual([part, true]);
    }
  });

  it('an mp4 file with bytes after its end is whole', async () => {
    const bytes = Buffer.concat([await readFile(fixture('tone.mp4')), Buffer.from([0, 0, 0, 9, 0, 1, 2, 3, 4])]);
    expect(await isCutOff(await holding(bytes))).toBe(false);
  });

  it('returns false for files that are not videos', async () => {
    for (const text of ['', 'x', 'this is some text']) expect(await isCutOff(await holding(Buffer.from(text)))).toBe(false);
  });
});
