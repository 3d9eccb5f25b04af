import { open, rename, rm } from 'node:fs/promises';

/** Number of files started by this process, so that two writes to the same name do not share a temporary file. */
let begun = 0;

/**
 * Writes a file atomically: it has either the old content or the new, never part of it. The content is written to a temporary file in the
 * same folder, flushed to disk, then renamed. On failure, the temporary file is removed.
 *
 * @param chunks the content in order; an async iterable is asked for a chunk once the previous one is written
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
