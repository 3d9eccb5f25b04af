import { describeError, usageError, UserError } from '@cmcgan/command-line';
import {
  openRunFolder,
  readRunConfig,
  RunFolderNotWritableError,
  RunFolderTakenError,
  type OpenRunFolder,
  type RunConfig,
  type RunFolderUse,
} from '@cmcgan/training/node';
import { migrateOptions } from '../options/flat-names';
import { flatten, nest } from '../options/option-path';
import type { TrainerOptions } from '../options/trainer-options';

/** The content of a trainer run's config.json. */
export type TrainerRunConfig = RunConfig<TrainerOptions>;

/**
 * Reads a run's config.json, also from before options were nested. The options are not checked: those that an older run lacks are
 * undefined.
 */
export async function readTrainerRun(path: string): Promise<TrainerRunConfig> {
  const config = await readRunConfig(path);
  return { ...config, options: nest(migrateOptions(flatten(config.options))) as unknown as TrainerOptions };
}

/** Opens the run folder of --out or --resume. Errors are in terms of the command line's flags. */
export async function openTrainerFolder(path: string, use: RunFolderUse): Promise<OpenRunFolder> {
  try {
    return await openRunFolder(path, use);
  } catch (error) {
    if (error instanceof RunFolderTakenError) {
      throw usageError(`--out ${path} already holds a run; resume it with --resume ${path}, or choose another folder`);
    }
    if (!(error instanceof RunFolderNotWritableError)) throw error;
    throw new UserError(`cannot write to the run folder ${path}: ${describeError(error.cause)}`, undefined, { cause: error });
  }
}
