import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { writeFileAtomic } from '@cmcgan/model/node';

/** Writes a whole file or nothing; makes the folders on the way. */
export async function writeAtomically(path: string, content: string | Uint8Array): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFileAtomic(path, [typeof content === 'string' ? Buffer.from(content) : content]);
}
