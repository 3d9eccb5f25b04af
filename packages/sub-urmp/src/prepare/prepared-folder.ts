import { mkdir, readdir, realpath, rename, rm } from 'node:fs/promises';
import { dirname, resolve, sep } from 'node:path';
import { isSystemName } from '../reading/archive/ignored-file';
import { splitOfShard } from '../reading/archive/list-shards';
import { CARD_FILE, readDatasetCard } from '../reading/card/dataset-card';

/** A folder that is filled under a temporary name, so that the data set appears completely or not at all. */
export interface PreparedFolder {
  /** The folder to write to. */
  readonly workspace: string;
  /** Moves the written files to their final place. */
  publish(): Promise<void>;
  discard(): Promise<void>;
}

/** The temporary folder that is filled before it replaces `folder`. */
export const workspaceOf = (folder: string): string => `${resolve(folder)}.preparing`;

/**
 * Opens `<folder>.preparing` for writing and removes what an interrupted preparation left there. `sources` are the folders to be read.
 * @throws Error if the folder contains one of the sources, or anything that was not written by a preparation
 */
export async function openPreparedFolder(folder: string, sources: readonly string[] = []): Promise<PreparedFolder> {
  const target = resolve(folder);
  await assertReplaceable(folder, sources);
  const workspace = workspaceOf(folder);
  const replaced = `${target}.replaced`;
  await mkdir(dirname(target), { recursive: true });
  await rm(workspace, { recursive: true, force: true });
  await mkdir(workspace);
  return {
    workspace,
    async publish() {
      await rm(replaced, { recursive: true, force: true });
      const hadOne = await rename(target, replaced).then(
        () => true,
        () => false,
      );
      try {
        await rename(workspace, target);
      } catch (error) {
        if (hadOne) await rename(replaced, target);
        throw error;
      }
      await rm(replaced, { recursive: true, force: true });
    },
    discard: () => rm(workspace, { recursive: true, force: true }),
  };
}

/** Throws unless the folder is new, empty or holds nothing but a prepared data set, and does not contain any of the sources. */
async function assertReplaceable(folder: string, sources: readonly string[]): Promise<void> {
  const target = resolve(folder);
  const entries = await readdir(target).catch((error: NodeJS.ErrnoException): string[] => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  if (entries.length === 0) return;
  const real = await realpath(target);
  for (const source of sources) {
    if (!`${await realpath(source)}${sep}`.startsWith(`${real}${sep}`)) continue;
    throw new Error(
      `prepare: the folder to fill must not hold what it is made from, got ${folder} for ${source}; choose another`,
    );
  }
  const isPart = (name: string) => ['img', 'chunk'].includes(name) || splitOfShard(name) !== undefined || isSystemName(name);
  const foreign = entries.filter((name) => !isPart(name));
  const isSet = (await readDatasetCard(target)) !== undefined;
  if (isSet && foreign.length === 0) return;
  const shown = isSet ? `${foreign.slice(0, 3).join(', ')} beside it` : entries.slice(0, 3).join(', ');
  throw new Error(
    `prepare: the folder to fill must be new, empty or hold a set with its ${CARD_FILE}, got ${folder} with ${shown}; choose another`,
  );
}
