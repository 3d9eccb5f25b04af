import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../../test/small-archive';
import { openCacheFolder } from './cache-folder';
import { openingOnce } from './opening-once';

const opened = async () => openCacheFolder(await temporaryFolder(), () => {});
const wait = () => {};
const later = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

describe('openingOnce', () => {
  it('runs one task after the other, until one is complete', async () => {
    const cache = await opened();
    const [order, waits] = [[] as string[], [] as string[]];
    const task = (name: string, fails = false) =>
      openingOnce(cache, { name: 'set', wait: (holder) => waits.push(holder) }, async () => {
        order.push(`${name} starts`);
        await later(100);
        order.push(`${name} ends`);
        if (fails) throw new Error('killed');
      });
    const first = task('first', true);
    await later(20);
    const second = task('second');
    await expect(first).rejects.toThrow('killed');
    await second;
    expect(order).toEqual(['first starts', 'first ends', 'second starts', 'second ends']);
    expect(waits).toEqual([`process ${process.pid} on ${hostname()}`]);
    order.length = 0;
    await Promise.all([task('third'), task('fourth')]); // complete: nobody waits
    expect(order.slice(0, 2)).toEqual(['third starts', 'fourth starts']);
  });

  it('takes over from a process that was killed', async () => {
    const cache = await opened();
    const child = spawn(process.execPath, ['--eval', 'setInterval(() => {}, 1000)']);
    await writeFile(join(cache.path, 'set.lock'), JSON.stringify({ host: hostname(), pid: child.pid }));
    let ran = false;
    const opening = openingOnce(cache, { name: 'set', wait }, async () => void (ran = true));
    await later(300);
    expect(ran).toBe(false);
    child.kill('SIGKILL');
    await once(child, 'exit');
    await opening;
    expect(ran).toBe(true);
  });

  it('waits for a process on another machine while it refreshes its lock', async () => {
    const cache = await opened();
    const lock = join(cache.path, 'set.lock');
    await writeFile(lock, JSON.stringify({ host: 'elsewhere', pid: 1 }));
    await utimes(lock, new Date(0), new Date(0)); // its clock is decades behind
    let ran = false;
    const opening = openingOnce(cache, { name: 'set', wait }, async () => void (ran = true));
    await later(500);
    expect(ran).toBe(false);
    await cache.write('set.done', '');
    await opening;
    expect(ran).toBe(true);
  });

  it('makes nobody wait where nothing can be written', async () => {
    const cache = { ...(await opened()), openedAtMs: undefined };
    await writeFile(join(cache.path, 'set.lock'), '{}');
    expect(await openingOnce(cache, { name: 'set', wait }, async () => 'read')).toBe('read');
  });
});
