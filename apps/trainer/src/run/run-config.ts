import { readFile } from 'node:fs/promises';
import { describeError, UserError } from '@cmcgan/command-line';
import { writeAtomically } from '../files/write-atomically';
import type { TrainerOptions } from '../options/trainer-options';
import type { Environment } from './environment';

/** Where a run went on. */
export interface Resume {
  /** ISO 8601. */
  readonly at: string;
  /** Steps taken before. */
  readonly step: number;
  readonly backend: string;
  readonly environment: Environment;
}

/** What config.json of a run holds. */
export interface RunConfig {
  readonly options: TrainerOptions;
  readonly data: {
    readonly folder: string;
    readonly manifestHash: string;
    readonly simulated: boolean;
    readonly classNames: readonly string[];
    readonly pairs: Readonly<Record<string, number>>;
    /** Pairs that --skip-broken left out; there where there are some. */
    readonly leftOut?: { readonly pairs: number; readonly files: readonly string[] };
    /** Training pairs that are set aside to choose the best epoch; left out by older versions. */
    readonly heldPairs?: number;
    readonly decibelRange: { readonly floorDb: number; readonly ceilingDb: number };
  };
  readonly backend: string;
  /** How many numbers there are to train, by network. */
  readonly parameters: Readonly<Record<string, number>>;
  readonly environment: Environment;
  /** ISO 8601. */
  readonly startedAt: string;
  /** Left out in a run that was never resumed. */
  readonly resumes?: readonly Resume[];
}

/** Writes config.json, whole or not at all. */
export async function writeRunConfig(path: string, config: RunConfig): Promise<void> {
  await writeAtomically(path, `${JSON.stringify(config, null, 2)}\n`);
}

/** Reads config.json as it was written; its options are not checked. */
export async function readRunConfig(path: string): Promise<RunConfig> {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as RunConfig;
  } catch (error) {
    throw new UserError(`the run's ${path} cannot be read: ${describeError(error)}`, undefined, { cause: error });
  }
}
