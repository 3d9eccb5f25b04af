import { existsSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describeError } from '../errors/describe-error';
import { UserError, usageError } from '../errors/user-error';

/** Paths of one run. */
export interface RunFolder {
  readonly path: string;
  readonly config: string;
  readonly log: string;
  readonly samples: string;
  readonly checkpoints: string;
  /** Where musicians are simulated when no data is given. */
  readonly simulatedData: string;
}

const MAX_RUNS = 1000;

function runPaths(path: string): RunFolder {
  return {
    path,
    config: join(path, 'config.json'),
    log: join(path, 'log.jsonl'),
    samples: join(path, 'samples'),
    checkpoints: join(path, 'checkpoints'),
    simulatedData: join(path, 'simulated-data'),
  };
}

const holdsRun = (path: string) => existsSync(runPaths(path).config);

/** `runs/laptop`, or the next of `runs/laptop-2`, `runs/laptop-3`, … that holds no run. */
function freeName(path: string): string {
  for (let number = 1; number < MAX_RUNS; number++) {
    const candidate = number === 1 ? path : `${path}-${number}`;
    if (!holdsRun(candidate)) return candidate;
  }
  throw new UserError(`${path} and ${MAX_RUNS} folders after it hold runs already; choose a folder with --out`);
}

async function assertWritable({ path, samples, checkpoints }: RunFolder): Promise<void> {
  try {
    await mkdir(samples, { recursive: true });
    await mkdir(checkpoints, { recursive: true });
    const probe = join(path, `.probe-${process.pid}`);
    await writeFile(probe, 'can this folder be written to?');
    await rm(probe);
  } catch (error) {
    throw new UserError(`cannot write to the run folder ${path}: ${describeError(error)}`, undefined, { cause: error });
  }
}

/**
 * Makes the run folder and sees that it can be written to. No run is ever written over: a folder that was `chosen` on the command
 * line and holds a run is an error, the default one moves on to the next free name.
 */
export async function createRunFolder(path: string, { chosen }: { chosen: boolean }): Promise<RunFolder> {
  if (chosen && holdsRun(path)) throw usageError(`--out ${path} holds a run already; choose another folder, or remove that one`);
  const folder = runPaths(chosen ? path : freeName(path));
  await assertWritable(folder);
  return folder;
}
