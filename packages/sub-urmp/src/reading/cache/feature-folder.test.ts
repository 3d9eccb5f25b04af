import { readFile, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../../test/small-archive';
import { openCacheFolder } from './cache-folder';
import { openFeatureFolder } from './feature-folder';

const KIND = { name: 'thing', byteLength: 6, compute: async (bytes: Uint8Array) => bytes };
const SHA = '0123456789abcdef'.repeat(4);
const FEATURE = Uint8Array.of(1, 2, 3, 4, 5, 6);

async function filled() {
  const cache = await openCacheFolder(await temporaryFolder(), () => {});
  const folder = await openFeatureFolder(cache, 'print');
  await folder.write(KIND, SHA, FEATURE);
  return { cache, folder, file: join(cache.path, 'features/print/thing/01', SHA) };
}

describe('openFeatureFolder', () => {
  it('gives back what was written, now and when opened again', async () => {
    const { cache, folder } = await filled();
    expect(folder.has(KIND, SHA)).toBe(true);
    const again = await openFeatureFolder(cache, 'print');
    expect(again.has(KIND, SHA)).toBe(true);
    expect(await again.read(KIND, SHA)).toEqual(FEATURE);
  });

  it('has nothing of another fingerprint', async () => {
    const { cache } = await filled();
    const other = await openFeatureFolder(cache, 'another');
    expect(other.has(KIND, SHA)).toBe(false);
    expect(await other.read(KIND, SHA)).toBeUndefined();
  });

  it('refuses a file that was cut off, changed or emptied', async () => {
    const { folder, file } = await filled();
    const whole = await readFile(file);
    await truncate(file, 9);
    expect(await folder.read(KIND, SHA)).toBeUndefined();
    whole[2] ^= 1;
    await writeFile(file, whole);
    expect(await folder.read(KIND, SHA)).toBeUndefined();
    await writeFile(file, '');
    expect(await folder.read(KIND, SHA)).toBeUndefined();
  });
});
