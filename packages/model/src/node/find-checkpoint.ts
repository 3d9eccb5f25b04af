import { existsSync } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { WEIGHTS_FILE } from './file-names';

/** A folder with a model's files. */
export interface FoundCheckpoint {
  readonly folder: string;
  /** Name of the checkpoint: 'best', 'last', 'epoch-050'; null for a folder that does not belong to a run. */
  readonly name: string | null;
}

export interface FindCheckpointOptions {
  /** Name of the checkpoint of a run. Default: the best if a judge chose one, else the last. */
  checkpoint?: string;
}

/** Name of a run's folder of checkpoints. */
const CHECKPOINTS_FOLDER = 'checkpoints';

/** Checkpoints of a run in order of preference if none is named; after them, the latest epoch that was kept. */
const PREFERENCE = ['best', 'last', 'previous', 'last.previous'];

/** There is no model at the given path. `problem` is the message without the function's name; `remedy` names the option to use instead. */
export class CheckpointNotFoundError extends Error {
  readonly remedy = { option: 'checkpoint' };

  constructor(readonly problem: string) {
    super(`findCheckpoint: ${problem}`);
    this.name = 'CheckpointNotFoundError';
  }
}

const holdsModel = (folder: string) => existsSync(join(folder, WEIGHTS_FILE));

/**
 * Finds the model's folder for a path: a folder that `saveModel` wrote, a checkpoint's folder, a `model.safetensors`, or a run folder.
 * For a run, that is the named checkpoint; if none is named, the best if a judge chose one, else the last, else the one before it (if
 * training was interrupted while saving), else the latest epoch that was kept.
 *
 * @throws CheckpointNotFoundError if there is no such model; it names the existing checkpoints
 */
export async function findCheckpoint(path: string, { checkpoint }: FindCheckpointOptions = {}): Promise<FoundCheckpoint> {
  const beside = dirname(resolve(path));
  if (!existsSync(path) && basename(beside) === CHECKPOINTS_FOLDER && existsSync(beside)) {
    return findInRun(dirname(beside), beside, basename(path));
  }
  const folder = await existingFolder(path);
  if (!holdsModel(folder)) return findInRun(path, await checkpointsFolder(folder), checkpoint);
  const name = basename(dirname(resolve(folder))) === CHECKPOINTS_FOLDER ? basename(resolve(folder)) : null;
  if (checkpoint === undefined || checkpoint === name) return { folder, name };
  throw new CheckpointNotFoundError(
    `${path} must be a run folder to choose its checkpoint ${checkpoint}, but it is a model itself`,
  );
}

async function existingFolder(path: string): Promise<string> {
  const stats = await stat(path).catch(() => null);
  if (stats === null) throw new CheckpointNotFoundError(`${path} does not exist`);
  if (stats.isDirectory()) return path;
  if (basename(path) === WEIGHTS_FILE) return dirname(path);
  throw new CheckpointNotFoundError(`${path} must be a folder or a file called ${WEIGHTS_FILE}`);
}

/** The folder of checkpoints in a run folder, or the given folder itself if it is one. */
async function checkpointsFolder(folder: string): Promise<string> {
  if (basename(resolve(folder)) === CHECKPOINTS_FOLDER) return folder;
  const inside = join(folder, CHECKPOINTS_FOLDER);
  if (existsSync(inside)) return inside;
  throw new CheckpointNotFoundError(
    `${folder} must hold a model, but there is neither ${WEIGHTS_FILE} nor a run's ${CHECKPOINTS_FOLDER} in it`,
  );
}

async function findInRun(run: string, checkpoints: string, checkpoint: string | undefined): Promise<FoundCheckpoint> {
  const names = (await readdir(checkpoints)).filter((name) => !name.endsWith('.partial') && holdsModel(join(checkpoints, name)));
  const epochs = names.filter((name) => name.startsWith('epoch-')).sort((a, b) => b.localeCompare(a, 'en', { numeric: true }));
  const wanted = checkpoint === undefined ? [...PREFERENCE, ...epochs] : [checkpoint];
  const name = wanted.find((candidate) => names.includes(candidate));
  if (name !== undefined) return { folder: join(checkpoints, name), name };
  if (names.length === 0) throw new CheckpointNotFoundError(`the run ${run} has no checkpoint yet`);
  const asked = checkpoint ?? 'best or last';
  throw new CheckpointNotFoundError(`the run ${run} has no checkpoint ${asked}; it has ${names.sort().join(', ')}`);
}
