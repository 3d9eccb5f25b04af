import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { GROUND_TRUTH_FILE, isSimulated, type GroundTruth } from './ground-truth';

/** Everything is written to this folder first; if it exists, a simulation was interrupted. */
const WORKSPACE = '.simulating';

/**
 * Makes sure that a folder may be filled, and returns an empty workspace inside it.
 * @throws if the folder contains anything that was not written by a simulation, or cannot be written
 */
export async function openWorkspace(folder: string): Promise<string> {
  const entries = await readdir(folder).catch((error: NodeJS.ErrnoException): string[] => {
    if (error.code === 'ENOENT') return [];
    throw unwritable(folder, error);
  });
  const ours = entries.length === 0 || (await isOurs(folder, entries));
  if (!ours) {
    throw new Error(
      `simulateDataset: folder must be new, empty or made by simulateDataset, got ${folder} with ${entries.slice(0, 3).join(', ')}; choose another folder`,
    );
  }
  const workspace = join(folder, WORKSPACE);
  try {
    await rm(workspace, { recursive: true, force: true });
    await mkdir(workspace, { recursive: true });
  } catch (error) {
    throw unwritable(folder, error as NodeJS.ErrnoException);
  }
  return workspace;
}

/** Moves the finished data set into place, replacing an earlier one; the ground truth comes last. */
export async function publishWorkspace(folder: string, workspace: string, truth: GroundTruth): Promise<void> {
  await writeFile(join(workspace, GROUND_TRUTH_FILE), `${JSON.stringify(truth, null, 1)}\n`);
  const parts = ['img', 'chunk', GROUND_TRUTH_FILE];
  for (const part of [...parts].reverse()) await rm(join(folder, part), { recursive: true, force: true });
  for (const part of parts) await rename(join(workspace, part), join(folder, part));
  await rm(workspace, { recursive: true });
}

/** Whether the folder is a finished simulation, or one that was interrupted before or while it was published. */
async function isOurs(folder: string, entries: readonly string[]): Promise<boolean> {
  if (await isSimulated(folder)) return true;
  if (!entries.includes(WORKSPACE)) return false;
  const published = ['img', 'chunk'].some((part) => entries.includes(part));
  return !published || (await isSimulated(join(folder, WORKSPACE)));
}

function unwritable(folder: string, cause: NodeJS.ErrnoException): Error {
  return new Error(`simulateDataset: folder must be a writable folder, got ${folder} (${cause.code ?? cause.message})`, {
    cause,
  });
}
