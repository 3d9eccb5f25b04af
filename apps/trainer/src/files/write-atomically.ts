import { writeFileAtomic } from '@cmcgan/model/node';
import { withPath } from './with-path';

/** Writes a whole file or nothing, as {@link writeFileAtomic} does; an error names the path. */
export async function writeAtomically(path: string, content: string | Uint8Array): Promise<void> {
  try {
    await writeFileAtomic(path, [typeof content === 'string' ? Buffer.from(content) : content]);
  } catch (error) {
    throw withPath(error, path);
  }
}
