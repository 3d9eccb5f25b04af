import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fromSafetensors } from '@cmcgan/model';
import { dispose, tensor, tidy, type Tensor, type Variable } from '@tensorflow/tfjs-core';
import { tensorsFile, WEIGHTS_FILE } from './checkpoint';
import type { Resumable } from '../../resumable';
import type { VerifiedCheckpoint } from './verify-checkpoint';

/** The model and the resumables to restore. */
export interface Restored {
  readonly model: { tensors(): Readonly<Record<string, Variable>> };
  readonly resumables: readonly Resumable[];
}

/** The tensors of a file, which the caller disposes of; none if there is no such file. */
async function readTensors(path: string): Promise<Record<string, Tensor>> {
  if (!existsSync(path)) return {};
  const { tensors } = fromSafetensors(await readFile(path), { name: path });
  return Object.fromEntries(Object.entries(tensors).map(([name, { data, shape }]) => [name, tensor(data, [...shape])]));
}

async function restoreModel(folder: string, { model }: Restored): Promise<void> {
  const path = join(folder, WEIGHTS_FILE);
  const saved = await readTensors(path);
  const variables = model.tensors();
  try {
    for (const name of new Set([...Object.keys(variables), ...Object.keys(saved)])) {
      const [got, wanted] = [saved[name]?.shape, variables[name]?.shape];
      if (got?.join() === wanted?.join()) continue;
      const shapes = `must have ${name} ${wanted ? `of shape [${wanted}]` : 'not at all'}, got ${got ? `[${got}]` : 'none'}`;
      throw new Error(`checkpoint file ${path} ${shapes}; it belongs to another network`);
    }
    // A variable shares the memory of what it is assigned: the copy is disposed of with the scope, so that the variable owns its values.
    tidy(() => Object.entries(variables).forEach(([name, variable]) => variable.assign(saved[name].clone())));
  } finally {
    dispose(saved);
  }
}

async function restoreResumable({ folder, training }: VerifiedCheckpoint, resumable: Resumable): Promise<void> {
  const tensors = await readTensors(join(folder, tensorsFile(resumable.name)));
  try {
    resumable.restore({ json: training.states[resumable.name], tensors });
  } catch (error) {
    const reason = (error as Error).message;
    throw new Error(`the state of ${resumable.name} in ${folder} does not fit: ${reason}`, { cause: error });
  } finally {
    dispose(tensors);
  }
}

/**
 * Restores a model and its resumables from a checkpoint. `onAfresh` receives the names of optional resumables that the checkpoint lacks; if
 * it lacks one that is not optional, that is an error.
 */
export async function restoreCheckpoint(
  checkpoint: VerifiedCheckpoint,
  restored: Restored,
  onAfresh: (name: string) => void,
): Promise<void> {
  await restoreModel(checkpoint.folder, restored);
  for (const resumable of restored.resumables) {
    if (Object.hasOwn(checkpoint.training.states, resumable.name)) await restoreResumable(checkpoint, resumable);
    else if (resumable.optional) onAfresh(resumable.name);
    else throw new Error(`checkpoint ${checkpoint.folder} holds no state of ${resumable.name}: it cannot be resumed`);
  }
}
