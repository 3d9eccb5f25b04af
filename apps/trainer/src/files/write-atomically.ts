import { writeFileAtomic } from '@cmcgan/model/node';

/** Writes a whole file or nothing, as {@link writeFileAtomic} does; an error names the file, not the temporary one beside it. */
export async function writeAtomically(path: string, content: string | Uint8Array): Promise<void> {
  try {
    await writeFileAtomic(path, [typeof content === 'string' ? Buffer.from(content) : content]);
  } catch (error) {
    throw error instanceof Error && 'code' in error ? Object.assign(error, { path }) : error;
  }
}
