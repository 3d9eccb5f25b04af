import { existsSync } from 'node:fs';
import { open, readFile, rm, stat, utimes } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import type { CacheFolder } from './cache-folder';

/** A lock is refreshed this often, and taken from a process that has not refreshed it for so long. */
const REFRESH_MS = 2000;
const STALE_MS = 30_000;
const POLL_MS = 200;

interface Holder {
  host: string;
  pid: number;
}

interface OpeningOptions {
  /** Name of the opening, one for each data set. */
  readonly name: string;
  /** Called once if there is somebody to wait for, with a description. */
  readonly wait: (holder: string) => void;
}

/**
 * Runs a task that fills a cache, so that of several processes the first one does it while the others wait; once it was completed, none
 * waits. A process that was killed keeps nobody waiting: on this machine its end is noticed at once, on others after half a minute. A cache
 * that cannot be written makes no one wait.
 */
export async function openingOnce<T>(cache: CacheFolder, { name, wait }: OpeningOptions, task: () => Promise<T>): Promise<T> {
  const done = `${name}.done`;
  const isDone = () => existsSync(join(cache.path, done));
  if (cache.openedAtMs === undefined || isDone()) return task();
  const release = await takeUnless(isDone, join(cache.path, `${name}.lock`), wait);
  try {
    const result = await task();
    if (!isDone()) await cache.write(done, '');
    return result;
  } finally {
    await release();
  }
}

/** Waits for the lock, or for the condition, and returns a function that lets the next process in. */
async function takeUnless(isDone: () => boolean, path: string, wait: OpeningOptions['wait']): Promise<() => Promise<void>> {
  const isStale = stalenessOf(path);
  for (let told = false; !(await take(path));) {
    if (isDone()) return async () => {};
    const holder = await holderOf(path);
    if (holder === undefined) continue; // it has just let go
    if ((holder.host === hostname() && !isAlive(holder.pid)) || (await isStale())) await rm(path, { force: true });
    else {
      if (!told) wait(`process ${holder.pid} on ${holder.host}`);
      told = true;
      await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    }
  }
  const refresh = setInterval(() => void utimes(path, new Date(), new Date()).catch(() => {}), REFRESH_MS).unref();
  return async () => {
    clearInterval(refresh);
    await rm(path, { force: true }).catch(() => {});
  };
}

/** Creates the lock file, complete from the start; false if there is one. */
async function take(path: string): Promise<boolean> {
  const holder: Holder = { host: hostname(), pid: process.pid };
  const file = await open(path, 'wx').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'EEXIST') return undefined;
    throw error;
  });
  if (file === undefined) return false;
  await file.writeFile(JSON.stringify(holder));
  await file.close();
  return true;
}

/** Who holds the lock; undefined if nobody does. A file that is not complete yet is held by somebody unknown. */
async function holderOf(path: string): Promise<Holder | undefined> {
  const text = await readFile(path, 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text) as Holder;
  } catch {
    return { host: 'another machine', pid: 0 };
  }
}

/** Whether a lock has not been refreshed for long enough, by this machine's own watch: clocks of file servers differ. */
function stalenessOf(path: string): () => Promise<boolean> {
  let [last, since] = [0, performance.now()];
  return async () => {
    const { mtimeMs } = await stat(path).catch(() => ({ mtimeMs: NaN }));
    if (mtimeMs !== last) [last, since] = [mtimeMs, performance.now()];
    return performance.now() - since > STALE_MS;
  };
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'; // of another user
  }
}
