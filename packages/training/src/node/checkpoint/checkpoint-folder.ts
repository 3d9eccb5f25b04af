import { createHash } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { copyFile, link, mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';

/** Path of the checkpoint before `folder`, used if that one is damaged or the process was killed while replacing it. */
export const previousCheckpoint = (folder: string) => join(dirname(folder), 'previous');

/** Moves a finished folder into place; an older one there becomes the previous one. At any moment one of the two is intact. */
export async function replaceFolder(finished: string, folder: string): Promise<void> {
  const previous = previousCheckpoint(folder);
  if (existsSync(folder)) {
    await rm(previous, { recursive: true, force: true });
    await rename(folder, previous);
  }
  await rename(finished, folder);
}

/** Creates a second name for a folder of files that never change, by hard links, or copies if the disk has none. Atomic. */
export async function linkFolder(from: string, to: string): Promise<void> {
  const partial = `${to}.partial`;
  await rm(partial, { recursive: true, force: true });
  await mkdir(partial, { recursive: true });
  for (const name of await readdir(from)) {
    const [source, target] = [join(from, name), join(partial, name)];
    await link(source, target).catch(() => copyFile(source, target));
  }
  await rm(to, { recursive: true, force: true });
  await rename(partial, to);
}

/** Flushes every file of a folder to disk, so that renaming the folder afterwards never exposes half-written files. */
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

/** SHA-256 of a file's content, in hexadecimal. */
export async function hashFile(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}
