import { createHash, randomUUID } from 'node:crypto';
import { readFileSync, rmSync } from 'node:fs';
import { link, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { z } from 'zod';
import { RemediableError } from '@cmcgan/sub-urmp';
import { identifyProcess, isRunning, processIdentitySchema } from './process-identity';

/** A lock on a run folder, which no other process may write to. */
export interface RunLock {
  /** Releases the folder. Does nothing if it has been released. */
  release(): void;
}

/** Thrown for a run folder that another process is using. `remedy` names the option that chooses another one. */
export class RunFolderInUseError extends RemediableError {
  override readonly name = 'RunFolderInUseError';
}

const lockSchema = processIdentitySchema.extend({
  /** Unique to each lock. */
  id: z.string(),
  /** ISO 8601. */
  since: z.string(),
});
type Lock = z.infer<typeof lockSchema>;

/** Name of the lock in a run folder. */
export const LOCK_FILE = 'run.lock';

/** How long to retry an unreadable lock: on a disk without hard links, another process may still be writing it. */
const UNREADABLE_MS = 1000;
const LOOK_EVERY_MS = 50;

/** The lock at a path: null if there is none, 'unreadable' if a process or the machine died while writing it. */
async function readLock(path: string): Promise<Lock | null | 'unreadable'> {
  for (let waitedMs = 0; ; waitedMs += LOOK_EVERY_MS) {
    try {
      return lockSchema.parse(JSON.parse(await readFile(path, 'utf8')));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
      if ((error as NodeJS.ErrnoException).code !== undefined) throw error;
      if (waitedMs >= UNREADABLE_MS) return 'unreadable';
    }
    await setTimeout(LOOK_EVERY_MS);
  }
}

/** Whether a process is training in a run folder; 'unknown' if the process is on another machine. */
export async function isRunFolderInUse(folder: string): Promise<boolean | 'unknown'> {
  const lock = await readLock(join(folder, LOCK_FILE));
  return lock === null || lock === 'unreadable' ? false : isRunning(lock);
}

function assertStale(lock: Lock, folder: string): void {
  const running = isRunning(lock);
  if (running === false) return;
  const elsewhere = running === 'unknown';
  throw new RunFolderInUseError(
    `the run folder ${folder} is in use by process ${lock.pid}${elsewhere ? ` on the machine ${lock.host}` : ''}, since ${lock.since}` +
      (elsewhere ? `; if that has ended, remove ${join(folder, LOCK_FILE)}` : ''),
    { option: 'runFolder', suggestion: 'wait for it, stop it, or choose another folder' },
  );
}

/** Puts `own` at `path`, atomically by a hard link. Returns false if something is there already. */
async function create(path: string, own: string): Promise<boolean> {
  try {
    await link(own, path).catch(async (error: NodeJS.ErrnoException) => {
      if (error.code === 'EEXIST') throw error;
      await writeFile(path, await readFile(own), { flag: 'wx' }); // the disk has no hard links
    });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

interface Wanted {
  readonly folder: string;
  /** A private file of this process with the lock's content. */
  readonly own: string;
}

/**
 * Puts the lock at `path`. A stale lock there is replaced under a second lock, so that of two processes that find it stale, only one
 * replaces it, and neither replaces the other's new lock.
 */
async function acquire(path: string, { folder, own }: Wanted): Promise<void> {
  while (!(await create(path, own))) {
    const found = await readLock(path);
    if (found === null) continue; // just released
    if (found !== 'unreadable') assertStale(found, folder);
    const identity = found === 'unreadable' ? 'unreadable' : found.id;
    const replacing = `${path}.${createHash('sha256').update(identity).digest('hex').slice(0, 12)}`;
    await acquire(replacing, { folder, own });
    try {
      const still = await readLock(path);
      if ((still === 'unreadable' || still === null ? still : still.id) !== identity) continue;
      await writeFile(`${own}.new`, await readFile(own)); // a rename onto another name of the same file does nothing
      await rename(`${own}.new`, path);
      return;
    } finally {
      await rm(replacing, { force: true });
    }
  }
}

/** Removes files left by processes that were killed while taking the lock. */
async function removeDeadLocks(folder: string): Promise<void> {
  const names = (await readdir(folder)).filter((name) => name.startsWith(`${LOCK_FILE}.`));
  for (const path of names.map((name) => join(folder, name))) {
    const lock = await readLock(path);
    if (lock === 'unreadable' || (lock !== null && isRunning(lock) === false)) await rm(path, { force: true });
  }
}

function releaseLock(path: string, id: string): void {
  try {
    if ((JSON.parse(readFileSync(path, 'utf8')) as Partial<Lock>).id === id) rmSync(path);
  } catch {
    // removed by someone else, or on a disk that is gone: nothing to release
  }
}

/**
 * Locks a run folder for this process while it runs. A stale lock, whose process was killed or whose machine was switched off, is taken
 * over.
 * @throws RunFolderInUseError that names the process using the folder
 */
export async function lockRunFolder(folder: string): Promise<RunLock> {
  const lock: Lock = { ...identifyProcess(), id: randomUUID(), since: new Date().toISOString() };
  const path = join(folder, LOCK_FILE);
  const own = `${path}.${lock.id}.tmp`;
  try {
    await writeFile(own, `${JSON.stringify(lock)}\n`);
    await acquire(path, { folder, own });
    await removeDeadLocks(folder);
  } finally {
    await rm(own, { force: true });
  }
  const release = () => releaseLock(path, lock.id);
  process.once('exit', release); // a second Ctrl-C
  return {
    release() {
      process.off('exit', release);
      release();
    },
  };
}
