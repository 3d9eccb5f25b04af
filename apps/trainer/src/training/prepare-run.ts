import type { RunningBackend } from '@cmcgan/backends';
import type { ChenGan, Cmcgan } from '@cmcgan/model';
import {
  openRunLog,
  removeRunEnding,
  writeRunConfig,
  type RunFolder,
  type RunFolderUse,
  type RunPosition,
} from '@cmcgan/training/node';
import type { TrainingData } from '../data/open-training-data';
import type { ChosenPairs } from '../judging/choose-judged-pairs';
import { assertJudge } from '../judging/judge-of-run';
import type { TrainerOptions } from '../options/trainer-options';
import type { Progress } from '../progress/progress';
import type { Ranks } from '../ranks/ranks';
import { describeResumedRun, describeRun } from './describe-run';
import type { Interrupt } from './interrupt';
import { introduceRun } from './introduce-run';
import type { Run } from './run';

/** What a run needs from outside. */
export interface TrainingDependencies {
  readonly progress: Progress;
  readonly interrupt: Interrupt;
  /** A monotonic clock, in milliseconds. */
  readonly nowMs: () => number;
  readonly startedAt: Date;
  readonly folderUse: RunFolderUse;
  readonly trainerVersion: string;
  /** The processes that train together; rank 0 writes the run folder. */
  readonly ranks: Ranks;
}

/** The parts that a run is made of. */
export interface RunParts {
  readonly folder: RunFolder;
  readonly data: TrainingData;
  readonly chosenPairs: ChosenPairs;
  readonly backend: RunningBackend;
  readonly model: Cmcgan | ChenGan;
  readonly dependencies: TrainingDependencies;
  /** Where the run starts or continues. */
  readonly position: Readonly<RunPosition>;
}

/** The part of a backend's description that affects rounding: all but the number of threads. */
export const roundingOf = (description: string) => description.replace(/\d+ threads?/, '');

async function writeConfig(options: TrainerOptions, { folder, position, dependencies, ...parts }: RunParts): Promise<void> {
  const described = { ...parts, ...dependencies };
  const config =
    dependencies.folderUse === 'resumed'
      ? await describeResumedRun(options, described, { path: folder.config, position })
      : describeRun(options, described);
  await writeRunConfig(folder.config, config);
  const now = parts.backend.description;
  if (roundingOf(config.backend) !== roundingOf(now)) {
    dependencies.progress.note(
      `warning: the run was started on ${config.backend}; on ${now} it continues with different rounding`,
    );
  }
}

/** Puts a run together and writes its config.json, without training yet. */
export async function prepareRun(options: TrainerOptions, parts: RunParts): Promise<Run> {
  const { folder, data, chosenPairs, dependencies } = parts;
  const { dataset, unreadable, simulated } = data;
  const { progress, interrupt, nowMs, folderUse } = dependencies;
  if (folderUse !== 'resumed') await assertJudge(options.judge.source, dataset);
  await writeConfig(options, parts);
  await removeRunEnding(folder.ending);
  const log = await openRunLog(folder.log, { append: folderUse === 'resumed' });
  const run = { options, folder, dataset, chosenPairs, progress, log, interrupt, unreadable, nowMs };
  introduceRun(run, { ...parts, simulated });
  return run;
}
