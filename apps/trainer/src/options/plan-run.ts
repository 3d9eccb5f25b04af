import { resolve } from 'node:path';
import { usageError } from '@cmcgan/command-line';
import { isSimulated } from '@cmcgan/sub-urmp/simulator';
import type { RunFolderUse } from '@cmcgan/training/node';
import { readConfigFile } from './config-file';
import { readInitialModel } from './init-from';
import type { OptionPath } from './option-path';
import type { TypedFlags } from './read-flags';
import { resolveOptions } from './resolve-options';
import { resolveResumedOptions } from './resume-options';
import type { Ranks } from '../ranks/ranks';
import type { TrainerOptions } from './trainer-options';

/** What the command line asks for. */
export interface RunPlan {
  readonly options: TrainerOptions;
  readonly folderUse: RunFolderUse;
}

function assertSources({ resume, config }: TypedFlags): void {
  if (resume?.trim() === '') throw usageError('--resume must name a run folder, got an empty string');
  if (config?.trim() === '') throw usageError('--config must name a file, got an empty string');
  if (resume === undefined || config === undefined) return;
  throw usageError('--config conflicts with --resume: a run is resumed with its own options; leave one of them out');
}

/** Plans a new run, or with --resume a resumed one, from the command line and the --config file. Throws a one-line usage error. */
export async function planRun(typed: TypedFlags, folder: string): Promise<RunPlan> {
  assertSources(typed);
  if (typed.resume !== undefined) return { options: await resolveResumedOptions(typed, folder), folderUse: 'resumed' };
  const file = typed.config === undefined ? undefined : await readConfigFile(resolve(folder, typed.config));
  const outNamed = typed.out !== undefined || file?.values.out !== undefined;
  const pathOf = (flag: string | undefined, option: OptionPath) =>
    flag === undefined ? file?.values[option] : resolve(folder, flag);
  const initFrom = pathOf(typed.initFrom, 'initFrom');
  const initial = typeof initFrom === 'string' && initFrom !== '' ? await readInitialModel(initFrom) : undefined;
  const data = pathOf(typed.data, 'data.folder');
  const simulatedBefore = typeof data === 'string' && (await isSimulated(data));
  return {
    options: resolveOptions(typed, folder, { file, initial, simulatedBefore }),
    folderUse: outNamed ? 'named' : 'next free',
  };
}

/**
 * The plan for several ranks, which share the passes of each update: a new run whose --accumulate is 1 takes one pass for each rank; a resumed
 * one keeps its passes, whatever the number of ranks.
 */
export function sharedPlan({ options, folderUse }: RunPlan, { size }: Pick<Ranks, 'size'>): RunPlan {
  if (folderUse !== 'resumed' && options.accumulate === 1) return { options: { ...options, accumulate: size }, folderUse };
  if (options.accumulate >= size) return { options, folderUse };
  const passes = options.accumulate === 1 ? '1 pass' : `${options.accumulate} passes`;
  throw usageError(
    folderUse === 'resumed'
      ? `--resume: the run takes ${passes} per update, which ${size} processes can't share; start at most ${options.accumulate}`
      : `--accumulate must be at least the number of processes (${size}), which share these passes, got ${options.accumulate}`,
  );
}
