import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { stepsPerEpoch } from '../data/open-training-data';
import { UserError } from '@cmcgan/command-line';
import { readRunConfig, type RunConfig } from '../run/run-config';
import { runFolder } from '../run/run-folder';
import { readLog, type LogLine } from './read-log';
import { readSamples, type StoredSamples } from './read-samples';

/** A run as its folder tells of it. */
export interface StoredRun {
  /** The run folder, absolute. */
  readonly folder: string;
  readonly config: RunConfig;
  readonly log: readonly LogLine[];
  readonly samples: StoredSamples;
  /** Steps that the options and the data make, if nothing ends the run sooner. */
  readonly totalSteps: number;
  /** Whether there is a checkpoint to generate with and to go on from. */
  readonly hasCheckpoint: boolean;
}

/** Reads what a run folder holds: of a run that is done, goes on, or was killed. Throws a user error where there is no run. */
export async function readRun(folder: string): Promise<StoredRun> {
  const paths = runFolder(folder);
  if (!existsSync(paths.config)) throw new UserError(`${folder} is no run folder: it has no config.json`);
  const config = await readRunConfig(paths.config);
  const { options, data } = config;
  const steps = options.epochs * stepsPerEpoch(data.pairs.train, options);
  return {
    folder,
    config,
    log: await readLog(paths.log),
    samples: await readSamples(paths.samples),
    totalSteps: Math.min(steps, options.maxSteps ?? Infinity),
    hasCheckpoint: existsSync(join(paths.checkpoints, 'last')),
  };
}
