import { existsSync } from 'node:fs';
import { describeError, UserError } from '@cmcgan/command-line';
import {
  assertAlike,
  lastCheckpoint,
  onFirstRank,
  runFolder,
  train as trainModel,
  type OpenRunFolder,
  type RunEnding,
  type RunFolder,
  type RunPosition,
  type TrainingResult,
} from '@cmcgan/training/node';
import { startBackend } from '@cmcgan/backends';
import { assertEnoughSimulated, assertTrainable } from '../data/assert-trainable';
import { openTrainingData, type TrainingData } from '../data/open-training-data';
import { setPairsAside } from '../judging/choose-judged-pairs';
import { REMEDIES } from '../options/remedies';
import type { TrainerOptions } from '../options/trainer-options';
import { removeReleased, showReleased } from '../released/show-released';
import { assertGivenModels } from './assert-given-models';
import { openInRange, rangeOfModel, takeInitialWeights } from './initial-model';
import { chooseGpu, threadsOfRank, type Ranks } from '../ranks/ranks';
import { prepareRun, roundingOf, type RunParts, type TrainingDependencies } from './prepare-run';
import { assertSameData, findResumePoint, NEW_RUN, type ResumePoint } from './resume-run';
import type { Run } from './run';
import { openTrainerFolder } from '../run/trainer-run';
import { variantParts } from '../variants/variant-parts';
import { trainOptionsOf } from './train-options';
import { watchRun, type Watch } from './watch-run';

/** How a run ended. */
export interface RunSummary {
  readonly folder: string;
  /** The newest checkpoint. */
  readonly checkpoint: string;
  readonly position: Readonly<RunPosition>;
  readonly interrupted: boolean;
  /** Why it ended, as the run's ending.json has it. */
  readonly ending: RunEnding;
  /** Why the run stopped itself early, such as a collapse; null if it did not. */
  readonly stopReason: string | null;
  /** Pairs that were left out because their files became unreadable. */
  readonly unreadablePairs: number;
  /** Time spent training, including grids and checkpoints, in all sessions of the run. */
  readonly seconds: number;
  /** The most memory that the process held. */
  readonly peakBytes: number;
}

/** How a run ended on a rank other than 0, which knows the rest. */
export type RankSummary = Pick<RunSummary, 'interrupted'>;

/**
 * Trains CMCGAN (Algorithm 1) and writes a run folder with its log, grids and checkpoints; or resumes a run. Of several ranks, rank 0 writes
 * and reports, and the others only train.
 */
export async function train(options: TrainerOptions, dependencies: TrainingDependencies): Promise<RunSummary | RankSummary> {
  const { ranks, folderUse, progress } = dependencies;
  let open: OpenRunFolder | undefined;
  try {
    const path = await onFirstRank(ranks, async () => {
      open = await openTrainerFolder(options.out, folderUse);
      return open.folder.path;
    });
    return await trainInto(open?.folder ?? runFolder(path), options, dependencies);
  } catch (error) {
    if (open !== undefined && !existsSync(open.folder.config)) await removeReleased(open.folder); // no run was started
    throw error;
  } finally {
    progress.finish();
    await open?.close();
  }
}

async function trainInto(folder: RunFolder, options: TrainerOptions, dependencies: TrainingDependencies) {
  const { progress, ranks } = dependencies;
  const resumed = dependencies.folderUse === 'resumed';
  chooseGpu(ranks);
  const threads = options.threads ?? (ranks.size > 1 && options.backend !== 'cpu' ? await threadsOfRank(ranks) : null);
  const backend = await startBackend(options.backend, { ...options, threads });
  try {
    await assertAlike(ranks, { backend: roundingOf(backend.description) });
    const { opened, resumePoint } = await openInTurn(options, { folder, dependencies, resumed });
    const { data, chosenPairs } = setPairsAside(opened, options);
    assertTrainable(data.dataset, options);
    const model = variantParts(options).createModel(data.dataset.classNames.length);
    const parts = { folder, data, chosenPairs, backend, model, dependencies };
    try {
      return ranks.rank === 0 ? await trainOn(parts, options, resumePoint) : await trainBeside(parts, options);
    } finally {
      model.dispose();
    }
  } finally {
    progress.finish();
    await backend.dispose();
  }
}

interface Opening {
  readonly folder: RunFolder;
  readonly dependencies: TrainingDependencies;
  readonly resumed: boolean;
}

/** Rank 0 finds where the run continues, shows what the released weights make, and opens the data first: it may have to simulate them, or to build their cache for all. */
async function openInTurn(options: TrainerOptions, { folder, dependencies, resumed }: Opening) {
  const { ranks, progress } = dependencies;
  let [resumePoint, opened]: [ResumePoint, TrainingData?] = [NEW_RUN];
  const decibelRange = await onFirstRank(ranks, async () => {
    if (resumed) resumePoint = await findResumePoint(folder, progress);
    else {
      assertEnoughSimulated(options);
      await assertGivenModels(options);
    }
    await showReleased({ options, folder, progress });
    opened = await openRunData(options, { folder, resumePoint, dependencies });
    assertSameData(resumePoint, opened);
    return opened.dataset.decibelRange;
  });
  opened ??= await openTrainingData({ ...options, decibelRange }, { path: folder.simulatedData, resumed: true }, progress);
  return { opened, resumePoint };
}

/** The data of a run, in the dB range of the --init-from model if there is one. */
async function openRunData(
  options: TrainerOptions,
  { folder, resumePoint, dependencies }: { folder: RunFolder; resumePoint: ResumePoint; dependencies: TrainingDependencies },
): Promise<TrainingData> {
  const { progress, folderUse } = dependencies;
  const open = (decibelRange?: TrainingData['dataset']['decibelRange']) => {
    const resumed = folderUse === 'resumed' || decibelRange !== undefined; // the simulated data are there already
    return openTrainingData({ ...options, decibelRange }, { path: folder.simulatedData, resumed }, progress);
  };
  if (options.initFrom === null) return open();
  const range = resumePoint.checkpoint?.training.data.decibelRange ?? (await rangeOfModel(options.initFrom));
  return openInRange(open, { range, progress });
}

async function trainOn(
  parts: Omit<RunParts, 'position'>,
  options: TrainerOptions,
  { checkpoint, position }: ResumePoint,
): Promise<RunSummary> {
  const run = await prepareRun(options, { ...parts, position });
  const watch = watchRun(run);
  const { ranks } = parts.dependencies;
  const { outcome, stopReason, position: reached } = await trainWatched(run, watch, { model: parts.model, checkpoint, ranks });
  return {
    folder: run.folder.path,
    checkpoint: lastCheckpoint(run.folder),
    position: reached,
    interrupted: outcome === 'interrupted',
    ending: watch.ending()!,
    stopReason,
    unreadablePairs: run.unreadable.pairs.length,
    seconds: reached.trainedMs / 1000,
    peakBytes: process.resourceUsage().maxRSS * 1024,
  };
}

/** A rank's part in the training that rank 0 watches and saves. */
async function trainBeside(
  { folder, data, model, dependencies }: Omit<RunParts, 'position'>,
  options: TrainerOptions,
): Promise<RankSummary> {
  const { interrupt, nowMs, ranks } = dependencies;
  const settings = trainOptionsOf({ ...data, options, folder }, model);
  interrupt.hold();
  const { outcome } = await trainModel({
    ...settings,
    checkpoints: undefined,
    communicator: ranks,
    signal: interrupt.abort,
    nowMs,
  });
  return { interrupted: outcome === 'interrupted' };
}

/** Prepares a new run's networks before the first step: copies the --init-from weights, or pretrains CMCGAN's networks or a baseline's feature. */
function prepareOf({ options, folder, dataset, progress }: Run, model: RunParts['model']): (() => Promise<void>) | undefined {
  const { initFrom, contrastiveSteps, decoderSteps, pathSteps } = options;
  if (initFrom !== null) {
    const given = {
      '--contrastive-steps': contrastiveSteps,
      '--decoder-steps': decoderSteps,
      '--path-steps': pathSteps,
    };
    const leftOut = Object.entries(given).flatMap(([name, steps]) => (steps > 0 ? [name] : []));
    if (leftOut.length > 0) {
      progress.note(
        `${new Intl.ListFormat('en').format(leftOut)} ${leftOut.length > 1 ? 'are' : 'is'} left out: the --init-from model is trained already`,
      );
    }
    return () => takeInitialWeights(initFrom, model);
  }
  const { prepare } = variantParts(options);
  return prepare && (() => prepare(model, { folder, dataset, progress }));
}

/** Trains. If that fails after it has started, the error says which checkpoint is left. */
async function trainWatched(
  run: Run,
  watch: Watch,
  { model, checkpoint, ranks }: Pick<RunParts, 'model'> & Pick<ResumePoint, 'checkpoint'> & { ranks: Ranks },
): Promise<TrainingResult> {
  const { progress, interrupt, nowMs } = run;
  const settings = trainOptionsOf(run, model);
  const prepare = prepareOf(run, model);
  try {
    return await trainModel({
      ...settings,
      checkpoints: { ...settings.checkpoints, resume: checkpoint ?? false },
      prepare,
      observers: watch.observers,
      communicator: ranks,
      signal: interrupt.abort,
      nowMs,
      onWarning: (message) => progress.note(`warning: ${message}`),
    });
  } catch (error) {
    if (watch.ending() === null) throw error;
    const last = lastCheckpoint(run.folder);
    const left = existsSync(last) ? `the last good checkpoint is ${last}` : 'there was no checkpoint yet';
    throw new UserError(`${describeError(error, REMEDIES)}; ${left}`, undefined, { cause: error });
  }
}
