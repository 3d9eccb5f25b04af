import { join } from 'node:path';
import type { Dataset } from '@cmcgan/sub-urmp';
import { saveCheckpoint, type Saved } from '@cmcgan/training/node';
import type { TrainerOptions } from '../options/trainer-options';
import type { RunFolder } from '../run/run-folder';
import type { StepLog } from '../run/step-log';
import { assertFiniteWeights } from './assert-finite-weights';
import type { CheckpointTimer } from './checkpoint-timer';
import type { RunObserver } from './run-observer';
import type { RunPosition } from './run-position';

/** The part of a run that its checkpoints hold. */
export interface SavedRun {
  readonly dataset: Pick<Dataset, 'manifestHash' | 'classNames' | 'decibelRange'>;
  readonly options: Pick<TrainerOptions, 'seed' | 'keepEveryEpochs'>;
  readonly trainee: Saved;
  readonly observers: readonly Pick<RunObserver, 'resumable'>[];
  readonly folder: Pick<RunFolder, 'checkpoints'>;
  /** Names that the checkpoint is kept under, beside `last`; emptied when it is. */
  readonly checkpointNames: Set<string>;
  readonly checkpointTimer: CheckpointTimer;
  readonly log: Pick<StepLog, 'sync'>;
}

/** The folder of the newest checkpoint. */
export const lastCheckpoint = ({ folder }: Pick<SavedRun, 'folder'>) => join(folder.checkpoints, 'last');

/** Everything that a resumed run needs beside the model's tensors. */
export const resumablesOf = ({ trainee, observers }: Pick<SavedRun, 'trainee' | 'observers'>) => [
  ...trainee.resumables,
  ...observers.flatMap(({ resumable }) => resumable ?? []),
];

function checkpointNames({ options, checkpointNames }: SavedRun, { epoch, epochStep }: Readonly<RunPosition>): string[] {
  const { keepEveryEpochs } = options;
  const keep = keepEveryEpochs > 0 && epoch > 0 && epochStep === 0 && epoch % keepEveryEpochs === 0;
  return [...checkpointNames, ...(keep ? [`epoch-${String(epoch).padStart(3, '0')}`] : [])];
}

/**
 * Saves the run to checkpoints/last, under the names that observers asked for, and as checkpoints/epoch-NNN at the end of every
 * `keepEveryEpochs`-th epoch. Weights that are not numbers any more are an error, and the older checkpoint stays.
 */
export async function saveRun(run: SavedRun, position: Readonly<RunPosition>): Promise<void> {
  const { dataset, options, trainee } = run;
  const { manifestHash, classNames, decibelRange } = dataset;
  await assertFiniteWeights(trainee.model.tensors(), position.step);
  await run.log.sync(); // a checkpoint on the disk without the log of its steps would leave a gap
  await saveCheckpoint(
    lastCheckpoint(run),
    { model: trainee.model, resumables: resumablesOf(run) },
    {
      ...position,
      seed: options.seed,
      data: { manifestHash, classNames: [...classNames], decibelRange: { ...decibelRange } },
      names: checkpointNames(run, position),
    },
  );
  run.checkpointNames.clear();
  run.checkpointTimer.reset();
}
