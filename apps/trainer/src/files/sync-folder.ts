import { open, readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** Flushes every file of a folder to the disk, so that a rename of the folder after it never shows half-written files. */
export async function syncFolder(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const file = await open(join(folder, name), 'r+');
    try {
      await file.sync();
    } finally {
      await file.close();
    }
  }
}
