import { readFile } from 'node:fs/promises';

/** The bytes of a file that was named, as a plain Uint8Array; an error names it too. */
export async function readInput(path: string): Promise<Uint8Array> {
  try {
    return Uint8Array.from(await readFile(path));
  } catch (error) {
    throw Object.assign(error as Error, { path }); // Node leaves the path of a folder out
  }
}
