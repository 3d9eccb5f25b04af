import { dirname } from 'node:path';
import { writeFileAtomic } from '@cmcgan/model/node';
import { makeFolder } from './make-folder';

export interface WriteAtomicallyOptions {
  /** Whether to create missing parent folders. Default: false. */
  readonly makeFolders?: boolean;
}

/** Writes a file completely or not at all, by renaming a temporary one next to it. A system error names the file, not the temporary one. */
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

/** Writes a value as indented JSON, completely or not at all. */
export async function writeJson(path: string, value: unknown): Promise<void> {
  await writeAtomically(path, `${JSON.stringify(value, null, 2)}\n`);
}
