import type { LoadedModel } from '@cmcgan/model/node';
import { findCheckpoint, loadModel, type FoundCheckpoint } from '@cmcgan/model/node';
import type { TrainingState } from './checkpoint';
import { DamagedCheckpointError, holdsCheckpoint, verifyCheckpoint } from './verify-checkpoint';

/** An opened model; the caller disposes of it. */
export interface Checkpoint extends FoundCheckpoint {
  readonly model: LoadedModel;
  /** The state of training; null for a model that was saved on its own. */
  readonly training: TrainingState | null;
}

/** The verified state of training. If a file is damaged, the error also says what to do. */
async function verified(folder: string): Promise<TrainingState> {
  try {
    return (await verifyCheckpoint(folder)).training;
  } catch (error) {
    if (!(error instanceof DamagedCheckpointError)) throw error;
    throw new DamagedCheckpointError(`${error.message}; take another checkpoint`, { cause: error });
  }
}

/**
 * Opens the model at a path, as {@link findCheckpoint} resolves it. Every file of a checkpoint is checked against its hash; a damaged one
 * is an error that names it.
 */
export async function openCheckpoint(path: string): Promise<Checkpoint> {
  const found = await findCheckpoint(path);
  const training = holdsCheckpoint(found.folder) ? await verified(found.folder) : null;
  return { ...found, training, model: await loadModel(found.folder) };
}
