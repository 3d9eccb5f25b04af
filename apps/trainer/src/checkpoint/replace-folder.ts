import { existsSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** The checkpoint before `folder`: used where that one is damaged, or where the process was killed while it was replaced. */
export const previousCheckpoint = (folder: string) => join(dirname(folder), 'previous');

/** Puts a finished folder where an older one may lie, which becomes the previous one. At every moment one of the two is whole. */
export async function replaceFolder(finished: string, folder: string): Promise<void> {
  const previous = previousCheckpoint(folder);
  if (existsSync(folder)) {
    await rm(previous, { recursive: true, force: true });
    await rename(folder, previous);
  }
  await rename(finished, folder);
}
