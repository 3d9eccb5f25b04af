import { existsSync } from 'node:fs';
import { rm, rmdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { RemediableError } from '@cmcgan/sub-urmp';
import { makeFolder } from '../files/make-folder';
import { lockRunFolder, RunFolderInUseError } from './lock-run-folder';
import { isUnstartedRun, removeUnstartedRun } from './clean-run-folder';
import { runFolder, type RunFolder } from './run-folder';

/** A run folder of this process's own. */
export interface OpenRunFolder {
  readonly folder: RunFolder;
  /** Gives the folder free. Where no run was begun in it, what was made for one is removed. */
  close(): Promise<void>;
}

/**
 * What a run folder is opened for: a new run in the very folder that was named, a new run there or in the next free folder, or a run
 * that continues.
 */
export type RunFolderUse = 'named' | 'next free' | 'resumed';

/** A folder that was named for a new run and holds one already. `remedy` names the option that resumes it. */
export class RunFolderTakenError extends RemediableError {
  override readonly name = 'RunFolderTakenError';

  constructor(readonly folder: string) {
    super(`${folder} already holds a run`, { option: 'resume', suggestion: 'resume it, or choose another folder' });
  }
}

/** A run folder that cannot be written to; the system's error is the cause. */
export class RunFolderNotWritableError extends Error {
  override readonly name = 'RunFolderNotWritableError';

  constructor(
    readonly folder: string,
    override readonly cause: NodeJS.ErrnoException,
  ) {
    super(`cannot write to the run folder ${folder}: ${cause.message}`);
  }
}

const MAX_RUNS = 1000;

/** Whether a run lies there. One that ended before its first step leaves its folder to another. */
function holdsRun(path: string): boolean {
  const folder = runFolder(path);
  return existsSync(folder.config) && !isUnstartedRun(folder);
}

/** The folder itself and those above it, as far as they are not there yet; the lowest first. */
function missingFolders(path: string): string[] {
  return existsSync(path) || dirname(path) === path ? [] : [path, ...missingFolders(dirname(path))];
}

/** Remembers what of a run folder is not there yet, to be able to remove what of it is there later: folders only where they are empty. */
function rememberMissing({ path, samples, checkpoints, simulatedData }: RunFolder) {
  const inside = [samples, checkpoints].filter((folder) => !existsSync(folder));
  const outside = missingFolders(path);
  const simulated = !existsSync(simulatedData);
  const removeEmpty = async (folders: readonly string[]) => {
    for (const folder of folders) await rmdir(folder).catch(() => {}); // it holds something else by now, or was never made
  };
  return {
    async removeContent() {
      if (simulated) await rm(simulatedData, { recursive: true, force: true }).catch(() => {}); // on a disk that is full or gone
      await removeEmpty(inside);
    },
    removeFolders: () => removeEmpty(outside),
  };
}

async function takeFolder(path: string): Promise<OpenRunFolder> {
  const folder = runFolder(path);
  const made = rememberMissing(folder);
  try {
    await makeFolder(folder.samples);
    await makeFolder(folder.checkpoints);
    const probe = join(path, `.probe-${process.pid}`);
    await writeFile(probe, 'can this folder be written to?');
    await rm(probe);
    const lock = await lockRunFolder(path);
    return {
      folder,
      async close() {
        const unused = !existsSync(folder.config);
        if (unused) await made.removeContent();
        lock.release();
        if (unused) await made.removeFolders();
      },
    };
  } catch (error) {
    if (error instanceof RunFolderInUseError) throw error;
    await made.removeContent();
    await made.removeFolders();
    throw new RunFolderNotWritableError(path, error as NodeJS.ErrnoException);
  }
}

/** A new run in the named folder; null where it holds a run. The lock comes before the look: two trainers may start at once. */
async function takeNew(path: string): Promise<OpenRunFolder | null> {
  if (holdsRun(path)) return null;
  const open = await takeFolder(path);
  if (!holdsRun(path)) {
    if (existsSync(open.folder.config)) await removeUnstartedRun(open.folder);
    return open;
  }
  await open.close();
  return null;
}

/** `runs/laptop`, or the next of `runs/laptop-2`, `runs/laptop-3`, … that holds no run and that no trainer is about to fill. */
async function takeNextFree(path: string): Promise<OpenRunFolder> {
  for (let number = 1; number < MAX_RUNS; number++) {
    try {
      const open = await takeNew(number === 1 ? path : `${path}-${number}`);
      if (open) return open;
    } catch (error) {
      if (!(error instanceof RunFolderInUseError)) throw error;
    }
  }
  throw new Error(`${path} and ${MAX_RUNS} folders after it hold runs already; choose another folder`);
}

/**
 * Opens a run folder for this process alone, and checks that it can be written to. No run is ever overwritten: a folder that was named
 * and holds a run is an error, the default one moves on to the next free name.
 *
 * @throws RunFolderInUseError where another process has the folder, RunFolderTakenError where a run lies in the folder that was named,
 *   RunFolderNotWritableError
 */
export async function openRunFolder(path: string, use: RunFolderUse): Promise<OpenRunFolder> {
  if (use === 'next free') return takeNextFree(path);
  if (use === 'resumed') return takeFolder(path);
  const open = await takeNew(path);
  if (open) return open;
  await (await takeFolder(path)).close(); // where that run is being trained now, its process is named
  throw new RunFolderTakenError(path);
}
