import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { CARD_FILE, readDatasetCard } from '../card/dataset-card';

/** A folder being filled under another name, so that the data set appears whole or not at all. */
export interface PreparedFolder {
  /** Where to write. */
  readonly workspace: string;
  /** Puts what was written in its place. */
  publish(): Promise<void>;
  discard(): Promise<void>;
}

/**
 * Opens `<folder>.preparing` for writing; what an interrupted preparation left there is removed.
 * @throws Error if the folder holds anything that no preparation put there
 */
export async function openPreparedFolder(folder: string): Promise<PreparedFolder> {
  const target = resolve(folder);
  const entries = await readdir(target).catch((error: NodeJS.ErrnoException): string[] => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  if (entries.length > 0 && !(await readDatasetCard(target))) {
    const shown = entries.slice(0, 3).join(', ');
    throw new Error(
      `prepare: the folder to fill must be new, empty or hold a set with its ${CARD_FILE}, got ${folder} with ${shown}; choose another`,
    );
  }
  const workspace = `${target}.preparing`;
  await mkdir(dirname(target), { recursive: true });
  await rm(workspace, { recursive: true, force: true });
  await mkdir(workspace);
  return {
    workspace,
    async publish() {
      await rm(target, { recursive: true, force: true });
      await rename(workspace, target);
    },
    discard: () => rm(workspace, { recursive: true, force: true }),
  };
}
