import { existsSync } from 'node:fs';
import { rm, rmdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { RemediableError } from '@cmcgan/sub-urmp';
import { makeFolder } from '../files/make-folder';
import { lockRunFolder, RunFolderInUseError } from './lock-run-folder';
import { isUnstartedRun, removeUnstartedRun } from './clean-run-folder';
import { runFolder, type RunFolder } from './run-folder';

/** A run folder that is locked for this process. */
export interface OpenRunFolder {
  readonly folder: RunFolder;
  /** Releases the folder. If no run was started in it, everything created for one is removed. */
  close(): Promise<void>;
}

/**
 * What a run folder is opened for: 'named', a new run in exactly that folder; 'next free', a new run there or in the next free folder; or
 * 'resumed', a run to continue.
 */
export type RunFolderUse = 'named' | 'next free' | 'resumed';

/** Thrown if the folder named for a new run already holds one. `remedy` names the option that resumes it. */
export class RunFolderTakenError extends RemediableError {
  override readonly name = 'RunFolderTakenError';

  constructor(readonly folder: string) {
    super(`${folder} already holds a run`, { option: 'resume', suggestion: 'resume it, or choose another folder' });
  }
}

/** Thrown for a run folder that cannot be written to; the system's error is the cause. */
export class RunFolderNotWritableError extends Error {
  override readonly name = 'RunFolderNotWritableError';

  constructor(
    readonly folder: string,
    override readonly cause: Error & { readonly code?: string },
  ) {
    super(`cannot write to the run folder ${folder}: ${cause.message}`);
  }
}

const MAX_RUNS = 1000;

/** Whether the folder holds a run. One that ended before its first step doesn't count. */
function holdsRun(path: string): boolean {
  const folder = runFolder(path);
  return existsSync(folder.config) && !isUnstartedRun(folder);
}

/** The folder and its parents that don't exist yet, the innermost first. */
function missingFolders(path: string): string[] {
  return existsSync(path) || dirname(path) === path ? [] : [path, ...missingFolders(dirname(path))];
}

/** Records which parts of a run folder don't exist yet. Returns a function that removes them again, folders only if they are empty. */
function rememberMissing({ path, samples, checkpoints, simulatedData }: RunFolder) {
  const inside = [samples, checkpoints].filter((folder) => !existsSync(folder));
  const outside = missingFolders(path);
  const simulated = !existsSync(simulatedData);
  const removeEmpty = async (folders: readonly string[]) => {
    for (const folder of folders) await rmdir(folder).catch(() => {}); // it is not empty, or was never created
  };
  return {
    async removeContent() {
      if (simulated) await rm(simulatedData, { recursive: true, force: true }).catch(() => {}); // the disk is full or gone
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

/** Opens a folder for a new run; null if it holds a run. Locks before looking, as two trainers may start at once. */
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

/** Opens `runs/laptop`, or the next of `runs/laptop-2`, `runs/laptop-3`, … that holds no run and is not in use. */
async function takeNextFree(path: string): Promise<OpenRunFolder> {
  for (let number = 1; number < MAX_RUNS; number++) {
    try {
      const open = await takeNew(number === 1 ? path : `${path}-${number}`);
      if (open) return open;
    } catch (error) {
      if (!(error instanceof RunFolderInUseError)) throw error;
    }
  }
  throw new Error(`${path} and ${MAX_RUNS} folders after it already hold runs; choose another folder`);
}

/**
 * Opens and locks a run folder, and checks that it can be written to. No run is ever overwritten: with 'named', a folder that holds a run
 * is an error; with 'next free', the next free name is used.
 *
 * @throws RunFolderInUseError if another process uses the folder, RunFolderTakenError if the folder named holds a run,
 *   RunFolderNotWritableError
 */
export async function openRunFolder(path: string, use: RunFolderUse): Promise<OpenRunFolder> {
  if (use === 'next free') return takeNextFree(path);
  if (use === 'resumed') return takeFolder(path);
  const open = await takeNew(path);
  if (open) return open;
  await (await takeFolder(path)).close(); // if that run is being trained now, this throws an error that names its process
  throw new RunFolderTakenError(path);
}
