import { existsSync } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { WEIGHTS_FILE } from './file-names';

/** The folder of a model's files. */
export interface FoundCheckpoint {
  readonly folder: string;
  /** Which checkpoint of a run it is: 'best', 'last', 'epoch-050'; null for a folder that belongs to no run. */
  readonly name: string | null;
}

export interface FindCheckpointOptions {
  /** Of a run folder, which checkpoint; the best where a judge chose one, else the last. */
  checkpoint?: string;
}

/** The folder of a run that holds its checkpoints. */
const CHECKPOINTS_FOLDER = 'checkpoints';

/** Which checkpoint of a run is taken where none is named; after them, the latest epoch that was kept. */
const PREFERENCE = ['best', 'last', 'previous', 'last.previous'];

/** No model is where one was asked for. `problem` leaves the function's name out; `remedy` names the option that chooses another. */
export class CheckpointNotFoundError extends Error {
  readonly remedy = { option: 'checkpoint' };

  constructor(readonly problem: string) {
    super(`findCheckpoint: ${problem}`);
    this.name = 'CheckpointNotFoundError';
  }
}

const holdsModel = (folder: string) => existsSync(join(folder, WEIGHTS_FILE));

/**
 * The folder of the model that a path means: a folder that `saveModel` wrote, a checkpoint's folder, a `model.safetensors`, or a run folder.
 * Of a run, that is the checkpoint named; where none is, the best where a judge chose one, else the last, else the one before it (training
 * was cut short while it saved), else the latest epoch that was kept.
 *
 * @throws CheckpointNotFoundError where there is no such model; it names the checkpoints that there are
 */
export async function findCheckpoint(path: string, { checkpoint }: FindCheckpointOptions = {}): Promise<FoundCheckpoint> {
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

/** Of a run folder, the folder inside that holds its checkpoints, which may be named itself too. */
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
