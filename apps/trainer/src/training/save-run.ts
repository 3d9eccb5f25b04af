import { join } from 'node:path';
import type { Dataset } from '@cmcgan/sub-urmp';
import { linkFolder } from '../checkpoint/link-folder';
import { saveCheckpoint, type SavedTrainee } from '../checkpoint/save-checkpoint';
import type { TrainerOptions } from '../options/trainer-options';
import type { RunFolder } from '../run/create-run-folder';
import { assertFiniteWeights } from './assert-finite-weights';
import type { RunPosition } from './run-context';

/** The part of a run that its checkpoints hold. */
export interface SavedRun {
  readonly dataset: Pick<Dataset, 'manifestHash' | 'classNames' | 'decibelRange'>;
  readonly options: Pick<TrainerOptions, 'seed' | 'keepEveryEpochs'>;
  readonly trainee: SavedTrainee;
  readonly folder: Pick<RunFolder, 'checkpoints'>;
}

/** The folder of the newest checkpoint. */
export const lastCheckpoint = ({ folder }: Pick<SavedRun, 'folder'>) => join(folder.checkpoints, 'last');

/**
 * Saves the run to checkpoints/last, and keeps it as checkpoints/epoch-NNN too at the end of every `keepEveryEpochs`-th epoch.
 * Weights that are not numbers any more are an error, and the older checkpoint stays.
 */
export async function saveRun(run: SavedRun, position: RunPosition): Promise<void> {
  const { dataset, options, trainee, folder } = run;
  const { manifestHash, classNames, decibelRange } = dataset;
  await assertFiniteWeights(trainee.model.tensors(), position.step);
  const last = lastCheckpoint(run);
  await saveCheckpoint(last, trainee, {
    ...position,
    seed: options.seed,
    data: { manifestHash, classNames: [...classNames], decibelRange: { ...decibelRange } },
  });
  const { keepEveryEpochs } = options;
  const keep = keepEveryEpochs > 0 && position.epochStep === 0 && position.epoch % keepEveryEpochs === 0;
  if (keep) await linkFolder(last, join(folder.checkpoints, `epoch-${String(position.epoch).padStart(3, '0')}`));
}
