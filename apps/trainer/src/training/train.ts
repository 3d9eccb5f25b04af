import { UserError } from '../errors/user-error';
import { describeError } from '../errors/describe-error';
import { existsSync } from 'node:fs';
import { startBackend } from '../backends';
import { openTrainingData } from '../data/open-training-data';
import type { TrainerOptions } from '../options/trainer-options';
import { createRunFolder } from '../run/create-run-folder';
import { createTrainee } from './create-trainee';
import { prepareRun, type TrainingSurroundings } from './prepare-run';
import type { RunContext, RunPosition } from './run-context';
import { lastCheckpoint, saveRun } from './save-run';
import { isComplete, trainEpoch } from './train-epoch';

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
    const run = await prepareRun(options, { folder, data, backend, trainee, surroundings });
    interrupt.hold();
    const startMs = nowMs();
    const position = await trainEpochs(run);
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

/** Epoch after epoch: train, save, draw; until the run is complete or interrupted. */
async function trainEpochs(run: RunContext): Promise<RunPosition> {
  const position: RunPosition = { step: 0, epoch: 0, epochStep: 0 };
  try {
    while (!isComplete(run, position) && !run.interrupt.requested) {
      await trainEpoch(run, position);
      await saveRun(run, position);
      if (!run.interrupt.requested) await run.sampler.write(run.trainee.model, Math.ceil(position.step / run.stepsPerEpoch));
    }
  } catch (error) {
    throw new UserError(`${describeError(error)}; ${whatRemains(run)}`, undefined, { cause: error });
  } finally {
    await run.log.close();
  }
  return position;
}

/** What a run that failed leaves behind, for its last words. */
function whatRemains(run: RunContext): string {
  const checkpoint = lastCheckpoint(run);
  return existsSync(checkpoint) ? `the last good checkpoint is ${checkpoint}` : 'there was no checkpoint yet';
}
