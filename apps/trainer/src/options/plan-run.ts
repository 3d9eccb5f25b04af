import { usageError } from '../errors/user-error';
import type { RunFolderUse } from '../run/open-run-folder';
import type { TypedFlags } from './read-flags';
import { resolveOptions } from './resolve-options';
import { resolveResumedOptions } from './resume-options';
import type { TrainerOptions } from './trainer-options';

/** What the command line asks for. */
export interface RunPlan {
  readonly options: TrainerOptions;
  readonly folderUse: RunFolderUse;
}

/** Reads the command line: a new run, or with --resume one that goes on. Throws a usage error of one line. */
export async function planRun(typed: TypedFlags, folder: string): Promise<RunPlan> {
  if (typed.resume?.trim() === '') throw usageError('--resume must name a run folder, got an empty text');
  if (typed.resume !== undefined) return { options: await resolveResumedOptions(typed, folder), folderUse: 'resumed' };
  return { options: resolveOptions(typed, folder), folderUse: typed.out === undefined ? 'next free' : 'named' };
}
