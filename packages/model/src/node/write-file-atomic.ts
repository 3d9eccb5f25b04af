import { open, rename, rm } from 'node:fs/promises';

/** Files begun by this process: two of one name at a time must not share a temporary one. */
let begun = 0;

/**
 * Writes a file so that its name holds the old content or the new, never a part: to a temporary name beside it, through to the disk,
 * then renamed. A failure removes the temporary file.
 *
 * @param chunks the content in order; an async iterable is asked for a chunk when the one before is written
 */
export async function writeFileAtomic(path: string, chunks: Iterable<Uint8Array> | AsyncIterable<Uint8Array>): Promise<void> {
  const temporary = `${path}.${process.pid}.${begun++}.tmp`;
  try {
    const file = await open(temporary, 'w');
    try {
      for await (const chunk of chunks) await file.writeFile(chunk);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}
