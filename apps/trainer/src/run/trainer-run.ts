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

/** What config.json of a run of the trainer holds. */
export type TrainerRunConfig = RunConfig<TrainerOptions>;

/**
 * Reads config.json of a run, of one from before options were nested too. Its options are not checked: what an older run didn't have is
 * undefined.
 */
export async function readTrainerRun(path: string): Promise<TrainerRunConfig> {
  const config = await readRunConfig(path);
  return { ...config, options: nest(migrateOptions(flatten(config.options))) as unknown as TrainerOptions };
}

/** Opens the run folder of --out or --resume; what is wrong with it is told in the words of the command line. */
export async function openTrainerFolder(path: string, use: RunFolderUse): Promise<OpenRunFolder> {
  try {
    return await openRunFolder(path, use);
  } catch (error) {
    if (error instanceof RunFolderTakenError) {
      throw usageError(`--out ${path} holds a run already; go on with it by --resume ${path}, or choose another folder`);
    }
    if (!(error instanceof RunFolderNotWritableError)) throw error;
    throw new UserError(`cannot write to the run folder ${path}: ${describeError(error.cause)}`, undefined, { cause: error });
  }
}
