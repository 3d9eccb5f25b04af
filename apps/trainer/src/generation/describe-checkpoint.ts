import { existsSync, readdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { Checkpoint } from '@cmcgan/training/node';

/** The other checkpoints that lie beside one, by name. */
function others({ folder, name }: Checkpoint): string[] {
  const checkpoints = dirname(resolve(folder));
  const isOther = (other: string) =>
    other !== name && !other.endsWith('.partial') && existsSync(join(checkpoints, other, 'model.safetensors'));
  return readdirSync(checkpoints).filter(isOther).sort();
}

/** One line: which model was taken, where its training stood, and how to take another of the run. `path` is what was asked for. */
export function describeCheckpoint(checkpoint: Checkpoint, path: string): string {
  const { folder, name, training } = checkpoint;
  const position = training === null ? '' : ` (step ${training.step}, epoch ${training.epoch})`;
  if (name === null) return `Model: ${folder}${position}`;
  const chosen = resolve(path) !== resolve(folder) && !path.endsWith('.safetensors');
  const names = chosen ? others(checkpoint) : [];
  const hint =
    names.length === 0 ? '' : `; another one (${names.join(', ')}): --checkpoint ${join(dirname(resolve(folder)), names[0])}`;
  return `Checkpoint: ${name} in ${dirname(folder)}${position}${hint}`;
}
