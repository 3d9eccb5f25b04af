import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { UserError } from '@cmcgan/command-line';
import { readJson } from '../files/read-json';

/** A checkpoint of a run: which, where training stood, and the hash of its weights. */
export interface CheckpointInfo {
  readonly name: string;
  readonly folder: string;
  readonly step: number;
  readonly epoch: number;
  /** SHA-256 of model.safetensors. */
  readonly weightsSha256: string;
}

const WEIGHTS = 'model.safetensors';
const trainingSchema = z.looseObject({ step: z.number(), epoch: z.number(), files: z.record(z.string(), z.string()) });

/** The checkpoint of that name, or the best where training kept one, or else the last. Its weights are checked against their hash. */
export async function findCheckpoint(run: string, name?: string): Promise<CheckpointInfo> {
  const checkpoints = join(run, 'checkpoints');
  const candidates = name === undefined ? ['best', 'last', 'last.previous', 'previous'] : [name];
  const found = candidates.find((candidate) => existsSync(join(checkpoints, candidate, WEIGHTS)));
  if (found === undefined) throw new UserError(await missingCheckpoint(run, checkpoints, name));
  const folder = join(checkpoints, found);
  const { step, epoch, files } = await readJson(join(folder, 'training.json'), trainingSchema);
  const weightsSha256 = createHash('sha256')
    .update(await readFile(join(folder, WEIGHTS)))
    .digest('hex');
  if (files[WEIGHTS] !== weightsSha256) {
    throw new UserError(
      `checkpoint file ${join(folder, WEIGHTS)} is damaged: its SHA-256 is not what was saved; take another one with --checkpoint`,
    );
  }
  return { name: found, folder, step, epoch, weightsSha256 };
}

async function missingCheckpoint(run: string, checkpoints: string, name: string | undefined): Promise<string> {
  const known = await readdir(checkpoints).catch(() => []);
  if (known.length === 0) return `run ${run} has no checkpoint yet`;
  return `run ${run} has no checkpoint ${name ?? 'best or last'}; it has ${known.sort().join(', ')}`;
}
