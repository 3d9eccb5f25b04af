import { mkdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { saveModel, writeTensors, type SavedModel } from '@cmcgan/model/node';
import { dispose } from '@tensorflow/tfjs-core';
import type { Json, Resumable } from '../../resumable';
import { withPath } from '../files/with-path';
import { TRAINING_FILE, tensorsFile, type TrainingState } from './checkpoint';
import { previousCheckpoint } from './checkpoint-folder';
import { dataFacts } from './data-facts';
import { finishInBackground } from './finish-checkpoint';

/** What a checkpoint saves: the model's tensors, and all other state that changes in training. */
export interface Saved {
  readonly model: SavedModel;
  readonly resumables: readonly Resumable[];
}

/** The position of the run, and its data. */
export type TrainingPosition = Omit<TrainingState, 'format' | 'states' | 'files'>;

/** Files are flushed together at the end, beside the training. */
const LATER = { flush: false };

/** Writes the tensors of each resumable to the folder; resolves to the JSON states by name. */
async function saveResumables(folder: string, resumables: readonly Resumable[]): Promise<Record<string, Json>> {
  const states: Record<string, Json> = {};
  for (const resumable of resumables) {
    const { json = null, tensors } = resumable.state();
    states[resumable.name] = json;
    if (!tensors) continue;
    try {
      await writeTensors(join(folder, tensorsFile(resumable.name)), tensors, LATER);
    } finally {
      dispose({ ...tensors });
    }
  }
  return states;
}

/** The model, with the data's facts in its configuration. */
function withDataFacts(model: SavedModel, { data }: TrainingPosition): SavedModel {
  const config = { ...model.config, ...dataFacts(data) };
  return { architecture: model.architecture, config, tensors: () => model.tensors() };
}

/** Writes all files but the list; resolves to the list's content. */
async function writeFiles(folder: string, { model, resumables }: Saved, position: TrainingPosition): Promise<object> {
  await mkdir(folder, { recursive: true });
  await saveModel(withDataFacts(model, position), folder, LATER);
  return { format: 2, ...position, states: await saveResumables(folder, resumables) };
}

/** Where a checkpoint stands in its run, and its names besides `folder`'s. */
export type NamedPosition = TrainingPosition & { readonly names?: readonly string[] };

/**
 * Begins a checkpoint. When this resolves, everything has been copied, and training may go on; `finished` resolves when the checkpoint is
 * on the disk under all its names. Until then, no other may be begun in the same place. See {@link saveCheckpoint}.
 */
export async function beginCheckpoint(
  folder: string,
  saved: Saved,
  { names = [], ...position }: NamedPosition,
): Promise<{ readonly finished: Promise<void> }> {
  const partial = `${folder}.partial`;
  const fail = async (error: unknown): Promise<never> => {
    await rm(partial, { recursive: true, force: true });
    throw withPath(error, folder);
  };
  await rm(partial, { recursive: true, force: true });
  const content = await writeFiles(partial, saved, position).catch(fail);
  const copies = names.map((name) => join(dirname(folder), name));
  const list = { name: TRAINING_FILE, content };
  const finished = finishInBackground({ partial, folder, previous: previousCheckpoint(folder), copies, list }).catch(fail);
  finished.catch(() => undefined); // whoever waits for it gets the error
  return { finished };
}

/**
 * Writes a checkpoint to `folder`, and also under each of the `names` next to it: weights and batch-norm averages, the state of every
 * resumable, the position. The one before becomes `previous`. Everything is written to a temporary folder first, so that an intact
 * checkpoint exists at any moment. `folder` is written last, so that a run resumed from an older one creates the names again.
 */
export async function saveCheckpoint(folder: string, saved: Saved, position: NamedPosition): Promise<void> {
  await (
    await beginCheckpoint(folder, saved, position)
  ).finished;
}
