import { dirname } from 'node:path';
import { writeFileAtomic } from '@cmcgan/model/node';
import { makeFolder } from './make-folder';

export interface WriteAtomicallyOptions {
  /** Makes the folders on the way to the file, where they are missing. Default: false. */
  readonly makeFolders?: boolean;
}

/** Writes a whole file or nothing: to a temporary name beside it, then renamed. A system error names the file, not the temporary one. */
export async function writeAtomically(
  path: string,
  content: string | Uint8Array,
  { makeFolders = false }: WriteAtomicallyOptions = {},
): Promise<void> {
  if (makeFolders) await makeFolder(dirname(path));
  try {
    await writeFileAtomic(path, [typeof content === 'string' ? Buffer.from(content) : content]);
  } catch (error) {
    throw error instanceof Error && 'code' in error ? Object.assign(error, { path }) : error;
  }
}

/** Writes a value as indented JSON, whole or not at all. */
export async function writeJson(path: string, value: unknown): Promise<void> {
  await writeAtomically(path, `${JSON.stringify(value, null, 2)}\n`);
}
