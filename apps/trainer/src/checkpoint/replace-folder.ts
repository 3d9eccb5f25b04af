import { existsSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';

/** Name that a checkpoint has while a newer one takes its place: all that is left if the process is killed in between. */
export const previousName = (folder: string) => `${folder}.previous`;

/** Puts a finished folder where an older one may lie. At every moment one of `folder` and its previous name is whole. */
export async function replaceFolder(finished: string, folder: string): Promise<void> {
  const previous = previousName(folder);
  if (existsSync(folder)) {
    await rm(previous, { recursive: true, force: true });
    await rename(folder, previous);
  }
  await rename(finished, folder);
  await rm(previous, { recursive: true, force: true });
}
