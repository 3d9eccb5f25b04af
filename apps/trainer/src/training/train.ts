import { startBackend } from '../backends';
import { assertEnoughSimulated, assertTrainable } from '../data/assert-trainable';
import { openTrainingData } from '../data/open-training-data';
import { setPairsAside } from '../judging/set-pairs-aside';
import type { TrainerOptions } from '../options/trainer-options';
import { openRunFolder } from '../run/open-run-folder';
import type { RunEnding } from '../run/run-ending';
import type { RunFolder } from '../run/run-folder';
import { assertGivenModels } from './assert-given-models';
import { createTrainee } from './create-trainee';
import { prepareRun, type RunParts, type TrainingSurroundings } from './prepare-run';
import { assertSameData, findResumePoint, NEW_RUN, restoreRun, type ResumePoint } from './resume-run';
import type { RunPosition } from './run-position';
import { lastCheckpoint } from './save-run';
import { trainEpochs } from './train-epochs';

/** How a run ended. */
export interface RunSummary {
  readonly folder: string;
  /** The newest checkpoint. */
  readonly checkpoint: string;
  readonly position: Readonly<RunPosition>;
  readonly interrupted: boolean;
  /** Why it ended, as the run's ending.json has it. */
  readonly ending: RunEnding;
  /** Why the run ended before its time by itself: its samples collapsed, say; null where it did not. */
  readonly stopReason: string | null;
  /** Pairs that were left out because their files became unreadable. */
  readonly unreadablePairs: number;
  /** Training alone, with its grids and checkpoints; of a resumed run from its very start on. */
  readonly seconds: number;
  /** The most memory that the process held. */
  readonly peakBytes: number;
}

/** Trains CMCGAN as Algorithm 1 says: from options to a run folder with its log, grids and checkpoints; or goes on with a run. */
export async function train(options: TrainerOptions, surroundings: TrainingSurroundings): Promise<RunSummary> {
  const open = await openRunFolder(options.out, surroundings.folderUse);
  try {
    return await trainInto(open.folder, options, surroundings);
  } finally {
    surroundings.progress.finish();
    await open.close();
  }
}

async function trainInto(folder: RunFolder, options: TrainerOptions, surroundings: TrainingSurroundings): Promise<RunSummary> {
  const { progress } = surroundings;
  const resumed = surroundings.folderUse === 'resumed';
  const resumePoint = resumed ? await findResumePoint(folder, progress) : NEW_RUN;
  const backend = await startBackend(options.backend, options);
  try {
    if (!resumed) {
      assertEnoughSimulated(options);
      await assertGivenModels(options);
    }
    const opened = await openTrainingData(options, { path: folder.simulatedData, resumed }, progress);
    assertSameData(resumePoint, opened);
    const { data, chosenPairs } = setPairsAside(opened, options);
    assertTrainable(data.dataset, options);
    const trainee = createTrainee(options);
    try {
      return await trainOn({ folder, data, chosenPairs, backend, trainee, surroundings }, options, resumePoint);
    } finally {
      trainee.dispose();
    }
  } finally {
    progress.finish();
    await backend.dispose();
  }
}

async function trainOn(
  parts: Omit<RunParts, 'position'>,
  options: TrainerOptions,
  resumePoint: ResumePoint,
): Promise<RunSummary> {
  const { trainee } = parts;
  const { interrupt } = parts.surroundings;
  const position = { ...resumePoint.position };
  const run = await prepareRun(options, { ...parts, position });
  await restoreRun(run, resumePoint);
  if (position.step === 0) await trainee.prepare?.(run);
  interrupt.hold();
  const ending = await trainEpochs(run, position);
  return {
    folder: run.folder.path,
    checkpoint: lastCheckpoint(run),
    position,
    interrupted: interrupt.requested,
    ending,
    stopReason: run.stopReason,
    unreadablePairs: run.unreadable.pairs.length,
    seconds: position.trainedMs / 1000,
    peakBytes: process.resourceUsage().maxRSS * 1024,
  };
}
