import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Cmcgan } from '@cmcgan/model';
import { loadCmcgan } from '@cmcgan/model/node';
import { z } from 'zod';
import { describeError } from '../errors/describe-error';
import { UserError } from '../errors/user-error';
import { hashFile } from '../files/hash-file';
import { CHECKPOINT_FILES, trainingStateSchema, type TrainingState } from './checkpoint';
import { previousName } from './replace-folder';

/** An opened checkpoint; the caller disposes of the model. */
export interface Checkpoint {
  readonly folder: string;
  readonly model: Cmcgan;
  readonly training: TrainingState;
}

const holdsCheckpoint = (folder: string) => existsSync(join(folder, CHECKPOINT_FILES.training));

/** The checkpoint that a path means: a checkpoint's folder, or a run folder (its last checkpoint). */
function findCheckpoint(path: string): string {
  const last = join(path, 'checkpoints', 'last');
  const found = [path, last, previousName(last)].find(holdsCheckpoint);
  if (found) return found;
  const reason = existsSync(path) ? 'has no training.json, so it is neither a checkpoint nor a run folder' : 'does not exist';
  throw new UserError(`checkpoint ${path} ${reason}; a run keeps its checkpoints in <run folder>/checkpoints`);
}

async function readTrainingState(folder: string): Promise<TrainingState> {
  const path = join(folder, CHECKPOINT_FILES.training);
  try {
    return trainingStateSchema.parse(JSON.parse(await readFile(path, 'utf8')));
  } catch (error) {
    const reason = error instanceof z.ZodError ? z.prettifyError(error) : describeError(error);
    throw new UserError(`checkpoint file ${path} is damaged: ${reason.replaceAll('\n', ' ')}`, undefined, { cause: error });
  }
}

async function assertUndamaged(folder: string, files: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, expected] of Object.entries(files)) {
    const path = join(folder, name);
    const actual = existsSync(path) ? await hashFile(path) : undefined;
    if (actual === expected) continue;
    const reason = actual === undefined ? 'is missing' : 'is damaged: its content is not what was saved (SHA-256 differs)';
    throw new UserError(`checkpoint file ${path} ${reason}; take another checkpoint`);
  }
}

/** Opens a checkpoint (or a run folder's last one) and checks every file against its hash. A damaged file is an error that names it. */
export async function openCheckpoint(path: string): Promise<Checkpoint> {
  const folder = findCheckpoint(path);
  const training = await readTrainingState(folder);
  await assertUndamaged(folder, training.files);
  return { folder, training, model: await loadCmcgan(folder) };
}
