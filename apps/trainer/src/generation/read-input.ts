import { readFile } from 'node:fs/promises';
import { withPath } from '../files/with-path';

/** The bytes of a file that was named, as a plain Uint8Array; an error names it too. */
export async function readInput(path: string): Promise<Uint8Array> {
  try {
    return Uint8Array.from(await readFile(path));
  } catch (error) {
    throw withPath(error, path);
  }
}
