import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { RunFolder } from './run-folder';

/** Names that files and folders have only while they are being written. */
const TEMPORARY_NAMES = [/\.\d+\.tmp$/, /\.partial$/, /^\.probe-\d+$/];

async function removeFrom(folder: string, left: readonly string[]): Promise<void> {
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (TEMPORARY_NAMES.some((pattern) => pattern.test(entry.name))) await rm(path, { recursive: true, force: true });
    else if (entry.isDirectory() && !left.includes(path)) await removeFrom(path, left);
  }
}

/** Removes what a killed process was writing. Only for a run folder that is locked; its simulated data look after themselves. */
export async function removeLeftovers({ path, simulatedData }: RunFolder): Promise<void> {
  await removeFrom(path, [simulatedData]);
}
