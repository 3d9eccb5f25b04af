import { rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Writes a file whole or not at all. A folder without any write permission is left as it is, by a superuser too. */
export async function writeBeside(file: string, text: string): Promise<void> {
  const { mode } = await stat(dirname(file));
  if ((mode & 0o222) === 0) throw Object.assign(new Error(`${dirname(file)} is read-only`), { code: 'read-only' });
  const partial = `${file}.partial`;
  try {
    await writeFile(partial, text);
    await rename(partial, file);
  } catch (error) {
    await rm(partial, { force: true }).catch(() => {});
    throw error;
  }
}

/** Why a file could not be written, in a word: `read-only`, `ENOSPC`. */
export const reasonOf = (error: unknown): string => (error as NodeJS.ErrnoException).code ?? String(error);
