import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { toSafetensors, type TensorData } from '@cmcgan/model';
import { saveModel, type SavedModel } from '@cmcgan/model/node';
import { dispose, type Tensor } from '@tensorflow/tfjs-core';
import type { Json, Resumable } from '../../resumable';
import { withPath } from '../files/with-path';
import { TRAINING_FILE, tensorsFile, type TrainingState } from './checkpoint';
import { hashFile, linkFolder, replaceFolder, syncFolder } from './checkpoint-folder';
import { dataFacts } from './data-facts';

/** What a checkpoint saves: the model's tensors, and all other state that changes in training. */
export interface Saved {
  readonly model: SavedModel;
  readonly resumables: readonly Resumable[];
}

/** The position of the run, and its data. */
export type TrainingPosition = Omit<TrainingState, 'format' | 'states' | 'files'>;

async function saveTensors(path: string, tensors: Readonly<Record<string, Tensor>>): Promise<void> {
  const entries = Object.entries(tensors).map(
    async ([name, value]) => [name, { shape: value.shape, data: await value.data<'float32'>() }] as const,
  );
  const contents: Record<string, TensorData> = Object.fromEntries(await Promise.all(entries));
  await writeFile(path, toSafetensors(contents, {}));
}

/** Writes the tensors of each resumable to the folder; resolves to the JSON states by name. */
async function saveResumables(folder: string, resumables: readonly Resumable[]): Promise<Record<string, Json>> {
  const states: Record<string, Json> = {};
  for (const resumable of resumables) {
    const { json = null, tensors } = resumable.state();
    states[resumable.name] = json;
    if (!tensors) continue;
    try {
      await saveTensors(join(folder, tensorsFile(resumable.name)), tensors);
    } finally {
      dispose({ ...tensors });
    }
  }
  return states;
}

async function hashFiles(folder: string): Promise<Record<string, string>> {
  const names = (await readdir(folder)).sort();
  return Object.fromEntries(await Promise.all(names.map(async (name) => [name, await hashFile(join(folder, name))] as const)));
}

/** The model, with the data's facts in its configuration. */
function withDataFacts(model: SavedModel, { data }: TrainingPosition): SavedModel {
  const config = { ...model.config, ...dataFacts(data) };
  return { architecture: model.architecture, config, tensors: () => model.tensors() };
}

async function writeCheckpoint(folder: string, { model, resumables }: Saved, position: TrainingPosition): Promise<void> {
  await mkdir(folder, { recursive: true });
  await saveModel(withDataFacts(model, position), folder);
  const states = await saveResumables(folder, resumables);
  const state = { format: 2, ...position, states, files: await hashFiles(folder) };
  await writeFile(join(folder, TRAINING_FILE), `${JSON.stringify(state, null, 2)}\n`);
  await syncFolder(folder);
}

/**
 * Writes a checkpoint to `folder`, and also under each of the `names` next to it: weights and batch-norm averages, the state of every
 * resumable, the position. The one before becomes `previous`. Everything is written to a temporary folder first, so that an intact
 * checkpoint exists at any moment. `folder` is written last, so that a run resumed from an older one creates the names again.
 */
export async function saveCheckpoint(
  folder: string,
  saved: Saved,
  { names = [], ...position }: TrainingPosition & { readonly names?: readonly string[] },
): Promise<void> {
  const partial = `${folder}.partial`;
  await rm(partial, { recursive: true, force: true });
  try {
    await writeCheckpoint(partial, saved, position);
    for (const name of names) await linkFolder(partial, join(dirname(folder), name));
    await replaceFolder(partial, folder);
  } catch (error) {
    throw withPath(error, folder);
  } finally {
    await rm(partial, { recursive: true, force: true });
  }
}
