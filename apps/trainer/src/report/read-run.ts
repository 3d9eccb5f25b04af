import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { stepsPerEpoch } from '../data/open-training-data';
import { UserError } from '@cmcgan/command-line';
import { isRunFolderInUse, readRunEnding, readRunLog, runFolder, type LogLine, type RunEnding } from '@cmcgan/training/node';
import { readJudgment, type StoredJudgment } from './read-judgment';
import { readSamples, type StoredSamples } from './read-samples';
import { readTrainerRun, type TrainerRunConfig } from '../run/trainer-run';

/** Default path of the evaluator's report, in the run folder. */
export const EVALUATION = join('evaluation', 'report.html');

/** A run as its folder describes it. */
export interface StoredRun {
  /** The run folder, absolute. */
  readonly folder: string;
  readonly config: TrainerRunConfig;
  readonly log: readonly LogLine[];
  readonly samples: StoredSamples;
  /** Why it ended; null if it is still training, was killed, or was trained by an older version. */
  readonly ending: RunEnding | null;
  /** Whether a trainer is running it right now; 'unknown' if its process is on another machine. */
  readonly running: boolean | 'unknown';
  /** The judge's scores; null in a run without a judge. */
  readonly judgment: StoredJudgment | null;
  /** Whether the evaluator has judged it. */
  readonly hasEvaluation: boolean;
  /** Planned number of steps, if nothing ends the run sooner. */
  readonly totalSteps: number;
  /** Whether there is a checkpoint to generate with and to continue from. */
  readonly hasCheckpoint: boolean;
}

/** Reads a run folder, whether the run is finished, still training or was killed. Throws a user error if there is no run. */
export async function readRun(folder: string): Promise<StoredRun> {
  const paths = runFolder(folder);
  if (!existsSync(paths.config)) throw new UserError(`${folder} is not a run folder: it has no config.json`);
  const config = await readTrainerRun(paths.config);
  const { options, data } = config;
  const ending = await readRunEnding(paths.ending);
  const judgment = await readJudgment(paths);
  const trainedPairs = data.pairs.train - (data.heldPairs ?? judgment?.heldPairs ?? 0);
  const steps = options.epochs * stepsPerEpoch(trainedPairs, options);
  return {
    folder,
    config,
    log: await readRunLog(paths.log),
    samples: await readSamples(paths.samples),
    ending,
    running: ending === null && (await isRunFolderInUse(folder)), // a run that has ended writes its last report before it releases its folder
    judgment,
    hasEvaluation: existsSync(join(folder, EVALUATION)),
    totalSteps: Math.min(steps, options.maxSteps ?? Infinity),
    hasCheckpoint: existsSync(join(paths.checkpoints, 'last')),
  };
}
