import { stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../../test/small-archive';
import type { CacheFolder } from './cache-folder';
import { openContentIndex } from './content-index';

const SHA = 'ab'.repeat(32);

/** A cache folder whose clock is set. */
function cacheAt(path: string, openedAtMs: number | undefined): CacheFolder {
  return { path, openedAtMs, write: (name, bytes) => writeFile(join(path, name), bytes) };
}

async function recorded(openedLaterMs: number) {
  const folder = await temporaryFolder();
  const file = join(folder, 'file');
  await writeFile(file, 'content');
  const stats = await stat(file, { bigint: true });
  const cache = cacheAt(folder, Number(stats.ctimeMs) + openedLaterMs);
  const index = await openContentIndex(cache, '/data');
  index.record(file, stats, SHA);
  await index.save();
  return { file, stats, cache };
}

describe('openContentIndex', () => {
  it('remembers the hash of a file that had not changed for a while', async () => {
    const { file, stats, cache } = await recorded(5000);
    expect((await openContentIndex(cache, '/data')).find(file, stats)).toBe(SHA);
  });

  it('does not trust a file that had just changed: it might change again within the same tick', async () => {
    const { file, stats, cache } = await recorded(1000);
    expect((await openContentIndex(cache, '/data')).find(file, stats)).toBeUndefined();
  });

  it('forgets a file that changed, even to the same size and modification time', async () => {
    const { file, stats, cache } = await recorded(5000);
    await writeFile(file, 'CONTENT');
    await utimes(file, stats.atime, stats.mtime);
    const index = await openContentIndex(cache, '/data');
    expect(index.find(file, await stat(file, { bigint: true }))).toBeUndefined();
  });

  it('keeps data folders apart', async () => {
    const { file, stats, cache } = await recorded(5000);
    expect((await openContentIndex(cache, '/other')).find(file, stats)).toBeUndefined();
  });

  it.each(['', '{"a":', '[["x"]]', 'null', '[["x",{"stamp":"1","sha256":"zz","settled":true}]]'])(
    'counts a damaged index as empty: %j',
    async (damage) => {
      const { file, stats, cache } = await recorded(5000);
      const written: string[] = [];
      const spy = { ...cache, write: async (name: string) => void written.push(name) };
      const index = await openContentIndex(spy, '/data');
      index.record('other', stats, SHA);
      await index.save();
      await writeFile(join(cache.path, written[0]), damage);
      expect((await openContentIndex(cache, '/data')).find(file, stats)).toBeUndefined();
    },
  );
});
