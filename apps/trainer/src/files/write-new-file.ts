import { dirname } from 'node:path';
import { makeFolder } from './make-folder';
import { writeAtomically } from './write-atomically';

/** Writes a file that a person asked for, whole or not at all, and makes its folder where that is missing. */
export async function writeNewFile(path: string, content: Uint8Array): Promise<void> {
  await makeFolder(dirname(path));
  await writeAtomically(path, content);
}
