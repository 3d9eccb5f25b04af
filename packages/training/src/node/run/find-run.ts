import { existsSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { findCheckpoint } from '@cmcgan/model/node';
import { RemediableError } from '@cmcgan/sub-urmp';
import { z } from 'zod';
import { TRAINING_FILE, WEIGHTS_FILE } from '../checkpoint/checkpoint';
import { hashFile } from '../checkpoint/checkpoint-folder';
import { readJson } from '../files/read-json';
import { readJudgingFile, type JudgingFile } from './judging-file';
import { readRunConfig, type RunConfig } from './run-config';
import { runFolder } from './run-folder';

/** A checkpoint of a run: its name, its position, and the hash of its weights. */
export interface CheckpointInfo {
  readonly name: string;
  readonly folder: string;
  readonly step: number;
  readonly epoch: number;
  /** SHA-256 of model.safetensors. */
  readonly weightsSha256: string;
}

/** A trained run on disk. */
export interface TrainedRun {
  readonly folder: string;
  /** Name of the folder. */
  readonly name: string;
  readonly config: RunConfig;
  /** The selected checkpoint; `loadModel(checkpoint.folder)` loads its model. */
  readonly checkpoint: CheckpointInfo;
  /** The judge's scores that chose its best checkpoint; null if there is no judging.json. */
  readonly judging: JudgingFile | null;
}

/** Files of a checkpoint needed to load its model. The others, needed only for training, may be missing. */
const MODEL_FILES: readonly string[] = [WEIGHTS_FILE, 'config.json'];
const trainingSchema = z.looseObject({
  step: z.number(),
  epoch: z.number(),
  files: z.record(z.string(), z.string()).and(z.object({ [WEIGHTS_FILE]: z.string() })),
});

/**
 * Finds the run at a path: its folder, or one of its checkpoints, which is then the selected one. Otherwise that is the checkpoint named,
 * or the one that `findCheckpoint` of @cmcgan/model/node chooses. The model's files are checked against their hashes, but not loaded.
 *
 * @throws RemediableError (options `run`, `checkpoint`) if there is no run, or its model is damaged; Error that names the first problem of
 * another of its files
 */
export async function findRun(path: string, { checkpoint }: { checkpoint?: string } = {}): Promise<TrainedRun> {
  const { path: folder, config, judging } = runFolder(await folderOfRun(path));
  if (!existsSync(config)) throw noRun(`run ${folder} holds no config.json, so it is not a run folder`);
  return {
    folder,
    name: basename(folder) === 'run' ? basename(dirname(folder)) : basename(folder),
    config: await readRunConfig(config),
    checkpoint: await readCheckpoint(await findCheckpoint(path, { checkpoint })),
    judging: await readJudgingFile(judging),
  };
}

const noRun = (problem: string) =>
  new RemediableError(problem, { option: 'run', suggestion: 'name the folder of a run that was trained' });

/** The run folder: the path itself, or the one that contains a checkpoint, its weights or the folder of checkpoints. */
async function folderOfRun(path: string): Promise<string> {
  const stats = await stat(path).catch(() => null);
  if (stats === null) throw noRun(`run ${path} does not exist`);
  const isWeights = stats.isFile() && basename(path) === WEIGHTS_FILE;
  if (!stats.isDirectory() && !isWeights) throw noRun(`run ${path} is a file, not a run folder`);
  const folder = resolve(isWeights ? dirname(path) : path);
  const above = [folder, dirname(folder)].find((candidate) => candidate === runFolder(dirname(candidate)).checkpoints);
  return existsSync(runFolder(folder).checkpoints) || above === undefined ? folder : dirname(above);
}

async function readCheckpoint({ folder, name }: { folder: string; name: string | null }): Promise<CheckpointInfo> {
  const { step, epoch, files } = await readJson(join(folder, TRAINING_FILE), trainingSchema, "a checkpoint's training.json");
  for (const file of MODEL_FILES.filter((each) => Object.hasOwn(files, each)))
    await assertUndamaged(join(folder, file), files[file]);
  return { name: name ?? basename(folder), folder, step, epoch, weightsSha256: files[WEIGHTS_FILE] };
}

async function assertUndamaged(path: string, sha256: string): Promise<void> {
  const found = await hashFile(path).catch(() => null);
  if (found === sha256) return;
  const reason = found === null ? 'cannot be read' : 'is damaged: its SHA-256 is not what was saved';
  throw new RemediableError(`checkpoint file ${path} ${reason}`, { option: 'checkpoint', suggestion: 'take another checkpoint' });
}
