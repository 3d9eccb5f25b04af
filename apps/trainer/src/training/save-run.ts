import { join } from 'node:path';
import { linkFolder } from '../checkpoint/link-folder';
import { saveCheckpoint } from '../checkpoint/save-checkpoint';
import { assertFiniteWeights } from './assert-finite-weights';
import type { RunContext, RunPosition } from './run-context';

/** The folder of the newest checkpoint. */
export const lastCheckpoint = ({ folder }: Pick<RunContext, 'folder'>) => join(folder.checkpoints, 'last');

/**
 * Saves the run to checkpoints/last, and keeps it as checkpoints/epoch-NNN too at the end of every `keepEveryEpochs`-th epoch.
 * Weights that are not numbers any more are an error, and the older checkpoint stays.
 */
export async function saveRun(run: RunContext, position: RunPosition): Promise<void> {
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
