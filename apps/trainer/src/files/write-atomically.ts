import { open, rename, rm } from 'node:fs/promises';
import { withPath } from './with-path';

/** Writes a whole file or nothing: to a temporary name beside it, flushed to the disk, then renamed. An older file stays until then. */
export async function writeAtomically(path: string, content: string | Uint8Array): Promise<void> {
  const temporary = `${path}.partial-${process.pid}`;
  try {
    const file = await open(temporary, 'w');
    try {
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw withPath(error, path);
  }
}
