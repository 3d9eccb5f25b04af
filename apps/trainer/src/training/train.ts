import { startBackend } from '../backends';
import { openTrainingData } from '../data/open-training-data';
import type { TrainerOptions } from '../options/trainer-options';
import { createRunFolder } from '../run/create-run-folder';
import { createTrainee } from './create-trainee';
import { prepareRun, type TrainingSurroundings } from './prepare-run';
import { RUN_START, type RunPosition } from './run-position';
import { lastCheckpoint } from './save-run';
import { trainEpochs } from './train-epochs';

/** How a run ended. */
export interface RunSummary {
  readonly folder: string;
  /** The newest checkpoint. */
  readonly checkpoint: string;
  readonly position: Readonly<RunPosition>;
  readonly interrupted: boolean;
  /** Training alone, with its grids and checkpoints. */
  readonly seconds: number;
  /** The most memory that the process held. */
  readonly peakBytes: number;
}

/** Trains CMCGAN as Algorithm 1 says: from options to a run folder with its log, grids and checkpoints. */
export async function train(options: TrainerOptions, surroundings: TrainingSurroundings): Promise<RunSummary> {
  const { progress, interrupt, nowMs } = surroundings;
  const folder = await createRunFolder(options.out, { chosen: surroundings.outChosen });
  const data = await openTrainingData(options, folder.simulatedData, progress);
  const backend = await startBackend(options.backend, options);
  const trainee = createTrainee(options);
  try {
    const position: RunPosition = { ...RUN_START };
    const run = await prepareRun(options, { folder, data, backend, trainee, surroundings }, position);
    interrupt.hold();
    const startMs = nowMs();
    await trainEpochs(run, position);
    return {
      folder: folder.path,
      checkpoint: lastCheckpoint(run),
      position,
      interrupted: interrupt.requested,
      seconds: (nowMs() - startMs) / 1000,
      peakBytes: process.resourceUsage().maxRSS * 1024,
    };
  } finally {
    progress.finish();
    trainee.dispose();
    await backend.dispose();
  }
}
