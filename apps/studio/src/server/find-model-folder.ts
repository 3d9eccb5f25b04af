import { findCheckpoint } from '@cmcgan/model/node';

/** The folder with the model's files that a path stands for: of a run, its best checkpoint if a judge chose one, else its last. */
export async function findModelFolder(path: string): Promise<string> {
  return (await findCheckpoint(path)).folder;
}
