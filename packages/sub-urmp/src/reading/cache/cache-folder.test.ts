import { chmod, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder, writeFiles } from '../../../test/small-archive';
import { openCacheFolder } from './cache-folder';

const noWarning = (reason: string) => {
  throw new Error(`unexpected: ${reason}`);
};

describe('openCacheFolder', () => {
  it('makes folders as needed and leaves nothing temporary', async () => {
    const path = join(await temporaryFolder(), 'new/cache');
    const cache = await openCacheFolder(path, noWarning);
    await cache.write('a/b/c', 'first');
    await cache.write('a/b/c', 'second');
    expect(await readFile(join(path, 'a/b/c'), 'utf8')).toBe('second');
    expect(await readdir(join(path, 'tmp'))).toEqual([]);
  });

  it('removes what a killed run left, but nothing recent', async () => {
    const path = await temporaryFolder();
    await writeFiles(path, { 'tmp/old': 'x', 'tmp/recent': 'x' });
    await utimes(join(path, 'tmp/old'), 1000, 1000);
    await openCacheFolder(path, noWarning);
    expect(await readdir(join(path, 'tmp'))).toEqual(['recent']);
  });

  it('warns once, and only when something cannot be written', async () => {
    const path = join(await temporaryFolder(), 'file');
    await writeFile(path, 'not a folder');
    const reasons: string[] = [];
    const cache = await openCacheFolder(path, (reason) => reasons.push(reason));
    expect(cache.openedAtMs).toBeUndefined();
    expect(reasons).toEqual([]);
    await cache.write('a', 'x');
    await cache.write('b', 'x');
    expect(reasons).toEqual(['ENOTDIR']);
  });

  it('makes nothing in a folder that is marked read-only, and uses what is there already', async () => {
    const parent = await temporaryFolder();
    await chmod(parent, 0o555);
    const reasons: string[] = [];
    const cache = await openCacheFolder(join(parent, 'cache'), (reason) => reasons.push(reason));
    await cache.write('a', 'x');
    expect(await readdir(parent)).toEqual([]);
    expect(reasons).toEqual([`${parent} is read-only`]);
    await chmod(parent, 0o755);
    await (await openCacheFolder(join(parent, 'cache'), noWarning)).write('a', 'x');
    await chmod(parent, 0o555);
    await (await openCacheFolder(join(parent, 'cache'), noWarning)).write('b', 'x');
    expect(await readdir(join(parent, 'cache'))).toEqual(['a', 'b', 'tmp']);
    await chmod(parent, 0o755);
  });

  it('warns when it becomes impossible later', async () => {
    const path = join(await temporaryFolder(), 'cache');
    const reasons: string[] = [];
    const cache = await openCacheFolder(path, (reason) => reasons.push(reason));
    await rm(path, { recursive: true });
    await writeFile(path, 'in the way');
    await cache.write('a', 'x');
    expect(reasons).toEqual(['ENOTDIR']);
  });
});
