import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { stepsPerEpoch } from '../data/open-training-data';
import { describeError } from '../errors/describe-error';
import { UserError } from '../errors/user-error';
import type { RunConfig } from '../run/run-config';
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

async function readConfig(folder: string): Promise<RunConfig> {
  const path = join(folder, 'config.json');
  if (!existsSync(path)) throw new UserError(`${folder} is no run folder: it has no config.json`);
  try {
    return JSON.parse(await readFile(path, 'utf8')) as RunConfig;
  } catch (error) {
    throw new UserError(`${path} cannot be read: ${describeError(error)}`, undefined, { cause: error });
  }
}

/** Reads what a run folder holds: of a run that is done, goes on, or was killed. Throws a user error where there is no run. */
export async function readRun(folder: string): Promise<StoredRun> {
  const config = await readConfig(folder);
  const { options, data } = config;
  const steps = options.epochs * stepsPerEpoch(data.pairs.train, options);
  return {
    folder,
    config,
    log: await readLog(join(folder, 'log.jsonl')),
    samples: await readSamples(join(folder, 'samples')),
    totalSteps: Math.min(steps, options.maxSteps ?? Infinity),
    hasCheckpoint: existsSync(join(folder, 'checkpoints', 'last')),
  };
}
