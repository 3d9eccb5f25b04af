import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { CrossModalModel } from '@cmcgan/model';
import { loadModel } from '@cmcgan/model/node';
import { UserError } from '@cmcgan/command-line';
import { previousCheckpoint } from './replace-folder';
import { DamagedCheckpointError, holdsCheckpoint, verifyCheckpoint, type VerifiedCheckpoint } from './verify-checkpoint';

/** An opened checkpoint; the caller disposes of the model. */
export interface Checkpoint extends VerifiedCheckpoint {
  readonly model: CrossModalModel;
}

/** The checkpoint that a path means: a checkpoint's folder, or a run folder (its last checkpoint). */
function findCheckpoint(path: string): string {
  const last = join(path, 'checkpoints', 'last');
  const found = [path, last, previousCheckpoint(last)].find(holdsCheckpoint);
  if (found) return found;
  const reason = existsSync(path) ? 'has no training.json, so it is neither a checkpoint nor a run folder' : 'does not exist';
  throw new UserError(`checkpoint ${path} ${reason}; a run keeps its checkpoints in <run folder>/checkpoints`);
}

/** The verified checkpoint; where it is damaged, what to do about it is added to what is wrong. */
async function verified(folder: string): Promise<VerifiedCheckpoint> {
  try {
    return await verifyCheckpoint(folder);
  } catch (error) {
    if (!(error instanceof DamagedCheckpointError)) throw error;
    throw new DamagedCheckpointError(`${error.message}; take another checkpoint`, undefined, { cause: error });
  }
}

/** Opens a checkpoint (or a run folder's last one) and checks every file against its hash. A damaged file is an error that names it. */
export async function openCheckpoint(path: string): Promise<Checkpoint> {
  const checkpoint = await verified(findCheckpoint(path));
  return { ...checkpoint, model: await loadModel(checkpoint.folder) };
}
