import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { hashFile } from './checkpoint-folder';
import { TRAINING_FILE, trainingStateSchema, type TrainingState } from './checkpoint';

/** A checkpoint whose files have been verified. */
export interface VerifiedCheckpoint {
  readonly folder: string;
  readonly training: TrainingState;
}

/** Thrown for a damaged or missing file of a checkpoint. */
export class DamagedCheckpointError extends Error {}

/** Whether a folder holds a checkpoint, intact or not. */
export const holdsCheckpoint = (folder: string) => existsSync(join(folder, TRAINING_FILE));

/** The first problem with a checkpoint's state: `it is not JSON`, `seed is missing or not what is saved there`. */
function whatIsWrong(error: unknown): string {
  if (error instanceof SyntaxError) return 'it is not JSON';
  if (!(error instanceof z.ZodError)) return systemReason(error as NodeJS.ErrnoException);
  const name = error.issues[0].path.join('.');
  return name === '' ? 'it is not an object' : `${name} is missing or not what is saved there`;
}

const systemReason = ({ code, message }: NodeJS.ErrnoException) =>
  code === 'ENOENT' ? 'it is missing' : message.replaceAll('\n', ' ');

async function readTrainingState(folder: string): Promise<TrainingState> {
  const path = join(folder, TRAINING_FILE);
  try {
    return trainingStateSchema.parse(JSON.parse(await readFile(path, 'utf8')));
  } catch (error) {
    throw new DamagedCheckpointError(`checkpoint file ${path} is damaged: ${whatIsWrong(error)}`, { cause: error });
  }
}

async function assertUndamaged(folder: string, files: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, expected] of Object.entries(files)) {
    const path = join(folder, name);
    const actual = existsSync(path) ? await hashFile(path) : undefined;
    if (actual === expected) continue;
    const reason = actual === undefined ? 'is missing' : 'is damaged: its content is not what was saved (SHA-256 differs)';
    throw new DamagedCheckpointError(`checkpoint file ${path} ${reason}`);
  }
}

/** Checks every file of a checkpoint against its hash. Throws a {@link DamagedCheckpointError} that names a damaged one. */
export async function verifyCheckpoint(folder: string): Promise<VerifiedCheckpoint> {
  const training = await readTrainingState(folder);
  await assertUndamaged(folder, training.files);
  return { folder, training };
}
