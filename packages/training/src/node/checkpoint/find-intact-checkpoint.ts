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

/** Those that were kept under another name, the newest first. */
async function newestKept(folders: readonly string[], onDamaged: (message: string) => void): Promise<VerifiedCheckpoint | null> {
  const kept: VerifiedCheckpoint[] = [];
  for (const folder of folders) {
    const verified = await verifyOrTell(folder, onDamaged);
    if (verified) kept.push(verified);
  }
  return kept.sort((a, b) => b.training.step - a.training.step)[0] ?? null;
}

/**
 * The newest checkpoint of a run whose files are what was saved: the last one; where that is damaged, the one before; where that is too,
 * the newest of those kept. `onDamaged` is notified of each damaged file that was met. Null where no checkpoint was ever saved.
 * @throws where there are checkpoints, but all are damaged
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
  throw new Error(`none of the checkpoints in ${checkpoints} is whole; start a new run, or take a checkpoint from a backup`);
}
