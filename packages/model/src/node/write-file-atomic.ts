import { open, rename, rm } from 'node:fs/promises';

/** Number of files started by this process, so that two writes to the same name do not share a temporary file. */
let begun = 0;

/** How a file is written. */
export interface WriteOptions {
  readonly flush?: boolean;
}

/**
 * Writes a file atomically: it has either the old content or the new, never part of it. The content is written to a temporary file in the
 * same folder, flushed to disk, then renamed. On failure, the temporary file is removed.
 *
 * @param chunks the content in order; an async iterable is asked for a chunk once the previous one is written
 * @param flush whether to wait until the content is on the disk; if not, a power failure may leave part of it
 */
export async function writeFileAtomic(
  path: string,
  chunks: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
  { flush = true }: WriteOptions = {},
): Promise<void> {
  const temporary = `${path}.${process.pid}.${begun++}.tmp`;
  try {
    const file = await open(temporary, 'w');
    try {
      for await (const chunk of chunks) await file.writeFile(chunk);
      if (flush) await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}
