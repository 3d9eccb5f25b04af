import { existsSync, readdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { Checkpoint } from '@cmcgan/training/node';

/** Names of the other checkpoints in the same folder. */
function others({ folder, name }: Checkpoint): string[] {
  const checkpoints = dirname(resolve(folder));
  const isOther = (other: string) =>
    other !== name && !other.endsWith('.partial') && existsSync(join(checkpoints, other, 'model.safetensors'));
  return readdirSync(checkpoints).filter(isOther).sort();
}

/** One line: the model used, its step and epoch, and how to use another checkpoint of the run. `path` is the value of --checkpoint. */
export function describeCheckpoint(checkpoint: Checkpoint, path: string): string {
  const { folder, name, training } = checkpoint;
  const position = training === null ? '' : ` (step ${training.step}, epoch ${training.epoch})`;
  if (name === null) return `Model: ${folder}${position}`;
  const chosen = resolve(path) !== resolve(folder) && !path.endsWith('.safetensors');
  const names = chosen ? others(checkpoint) : [];
  const hint =
    names.length === 0 ? '' : `; to use another (${names.join(', ')}): --checkpoint ${join(dirname(resolve(folder)), names[0])}`;
  return `Checkpoint: ${name} in ${dirname(folder)}${position}${hint}`;
}
