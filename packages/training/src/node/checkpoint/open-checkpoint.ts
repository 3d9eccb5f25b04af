import type { LoadedModel } from '@cmcgan/model/node';
import { findCheckpoint, loadModel, type FoundCheckpoint } from '@cmcgan/model/node';
import type { TrainingState } from './checkpoint';
import { DamagedCheckpointError, holdsCheckpoint, verifyCheckpoint } from './verify-checkpoint';

/** An opened model; the caller disposes of it. */
export interface Checkpoint extends FoundCheckpoint {
  readonly model: LoadedModel;
  /** Where training stood; null for a model that was saved by itself. */
  readonly training: TrainingState | null;
}

/** The verified position; where a file is damaged, what to do about it is added to what is wrong. */
async function verified(folder: string): Promise<TrainingState> {
  try {
    return (await verifyCheckpoint(folder)).training;
  } catch (error) {
    if (!(error instanceof DamagedCheckpointError)) throw error;
    throw new DamagedCheckpointError(`${error.message}; take another checkpoint`, { cause: error });
  }
}

/**
 * Opens the model that a path means ({@link findCheckpoint}). Every file of a checkpoint is checked against its hash; a damaged one is an
 * error that names it.
 */
export async function openCheckpoint(path: string): Promise<Checkpoint> {
  const found = await findCheckpoint(path);
  const training = holdsCheckpoint(found.folder) ? await verified(found.folder) : null;
  return { ...found, training, model: await loadModel(found.folder) };
}
