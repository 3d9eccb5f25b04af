import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { previousCheckpoint } from './checkpoint-folder';
import { DamagedCheckpointError, verifyCheckpoint, type VerifiedCheckpoint } from './verify-checkpoint';

async function verifyOrTell(folder: string, onDamaged: (message: string) => void): Promise<VerifiedCheckpoint | null> {
  try {
    return await verifyCheckpoint(folder);
  } catch (error) {
    if (!(error instanceof DamagedCheckpointError)) throw error;
    onDamaged(error.message);
    return null;
  }
}

/** Checkpoints kept under other names, the newest first. */
async function newestKept(folders: readonly string[], onDamaged: (message: string) => void): Promise<VerifiedCheckpoint | null> {
  const kept: VerifiedCheckpoint[] = [];
  for (const folder of folders) {
    const verified = await verifyOrTell(folder, onDamaged);
    if (verified) kept.push(verified);
  }
  return kept.sort((a, b) => b.training.step - a.training.step)[0] ?? null;
}

/**
 * The newest intact checkpoint of a run: the last one; if that is damaged, the one before; if that is damaged, too, the newest of those
 * kept. `onDamaged` is called for each damaged file found. Null if no checkpoint was ever saved.
 * @throws if there are checkpoints, but all are damaged
 */
export async function findIntactCheckpoint(
  checkpoints: string,
  onDamaged: (message: string) => void,
): Promise<VerifiedCheckpoint | null> {
  const last = join(checkpoints, 'last');
  const newest = [last, previousCheckpoint(last)];
  const names = (await readdir(checkpoints)).filter((name) => !name.endsWith('.partial'));
  const kept = names.map((name) => join(checkpoints, name)).filter((folder) => !newest.includes(folder));
  for (const folder of newest.filter((path) => existsSync(path))) {
    const verified = await verifyOrTell(folder, onDamaged);
    if (verified) return verified;
  }
  const found = await newestKept(kept, onDamaged);
  if (found || names.length === 0) return found;
  throw new Error(`all checkpoints in ${checkpoints} are damaged; start a new run, or restore a checkpoint from a backup`);
}
