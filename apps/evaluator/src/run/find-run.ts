import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { z } from 'zod';
import { UserError } from '@cmcgan/command-line';
import type { RunJudging } from '@cmcgan/evaluation';
import { findCheckpoint } from '@cmcgan/model/node';
import { readJson } from '../files/read-json';
import { readJudging } from './read-judging';
import { readRunConfig, trainingCommand, type RunConfig } from './run-config';

/** A checkpoint of a run: which, where training stood, and the hash of its weights. */
export interface CheckpointInfo {
  readonly name: string;
  readonly folder: string;
  readonly step: number;
  readonly epoch: number;
  /** SHA-256 of model.safetensors. */
  readonly weightsSha256: string;
}

/** A trained run on the disk. */
export interface Run {
  readonly folder: string;
  /** What the report calls it: the folder's name. */
  readonly name: string;
  /** The trainer's variant: cmcgan, s2ic, … */
  readonly variant: string;
  readonly config: RunConfig;
  readonly checkpoint: CheckpointInfo;
  /** What chose its best checkpoint; null where nothing did. */
  readonly judging: RunJudging | null;
}

const CHECKPOINTS = 'checkpoints';
const WEIGHTS = 'model.safetensors';
/** Files of a checkpoint that a model is loaded from. */
const MODEL_FILES: readonly string[] = [WEIGHTS, 'config.json'];
const trainingSchema = z.looseObject({
  step: z.number(),
  epoch: z.number(),
  files: z.record(z.string(), z.string()).and(z.object({ [WEIGHTS]: z.string() })),
});

/**
 * The run that a path means: its folder, or one of its checkpoints, which is then the one that is taken. Otherwise that is the checkpoint
 * named, or the one that the model package's rule chooses. Its files are checked against their hashes; nothing is loaded.
 */
export async function findRun(path: string, checkpointName?: string): Promise<Run> {
  const folder = await runFolder(path);
  const config = await readRunConfig(folder);
  const checkpoint = await describeCheckpoint(await findCheckpoint(path, { checkpoint: checkpointName }));
  const name = basename(folder) === 'run' ? basename(dirname(folder)) : basename(folder);
  return { folder, name, variant: config.options.variant, config, checkpoint, judging: await readJudging(folder) };
}

/** The run's folder: the path itself, or the one that a checkpoint, its weights or the folder of checkpoints lies in. */
async function runFolder(path: string): Promise<string> {
  const stats = await stat(path).catch(() => null);
  if (stats === null) throw new UserError(`run ${path} does not exist; train one with: ${trainingCommand(path)}`);
  const isWeights = stats.isFile() && basename(path) === WEIGHTS;
  if (!stats.isDirectory() && !isWeights) throw new UserError(`run ${path} is a file; name the run folder that the trainer left`);
  const folder = resolve(isWeights ? dirname(path) : path);
  if (existsSync(join(folder, CHECKPOINTS))) return folder;
  const above = [folder, dirname(folder)].find((candidate) => basename(candidate) === CHECKPOINTS);
  return above === undefined ? folder : dirname(above);
}

async function describeCheckpoint({ folder, name }: { folder: string; name: string | null }): Promise<CheckpointInfo> {
  const { step, epoch, files } = await readJson(join(folder, 'training.json'), trainingSchema, "a checkpoint's training.json");
  for (const [file, sha256] of Object.entries(files)) {
    if (MODEL_FILES.includes(file)) await assertUndamaged(join(folder, file), sha256);
  }
  return { name: name ?? basename(folder), folder, step, epoch, weightsSha256: files[WEIGHTS] };
}

async function assertUndamaged(path: string, sha256: string): Promise<void> {
  const bytes = await readFile(path).catch(() => null);
  if (bytes !== null && createHash('sha256').update(bytes).digest('hex') === sha256) return;
  const reason = bytes === null ? 'cannot be read' : 'is damaged: its SHA-256 is not what was saved';
  throw new UserError(`checkpoint file ${path} ${reason}; take another one with --checkpoint`);
}
