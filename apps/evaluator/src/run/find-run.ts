import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { UserError } from '@cmcgan/command-line';
import { assertSameClasses } from '@cmcgan/evaluation';
import { findCheckpoint } from '@cmcgan/model/node';
import { readJson, readJudgingFile, readRunConfig, runFolder, type JudgingFile, type RunConfig } from '@cmcgan/training/node';
import { z } from 'zod';

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
  readonly judging: JudgingFile | null;
}

const WEIGHTS = 'model.safetensors';
/** Files of a checkpoint that a model is loaded from. */
const MODEL_FILES: readonly string[] = [WEIGHTS, 'config.json'];
const trainingSchema = z.looseObject({
  step: z.number(),
  epoch: z.number(),
  files: z.record(z.string(), z.string()).and(z.object({ [WEIGHTS]: z.string() })),
});
const ONE_BY_ONE = 'evaluate them one by one';

/** How to train a run into a folder. */
const trainingCommand = (folder: string) => `npx pnpm --filter trainer start --out ${folder}`;

/**
 * The runs that are evaluated together: in one dB range, of the same classes. All that can be wrong with them is told here,
 * before anything is read, trained or written.
 */
export async function findRuns(paths: readonly string[], checkpoint: string | undefined): Promise<Run[]> {
  const runs: Run[] = [];
  for (const path of paths) runs.push(await findRun(path, checkpoint));
  const [first, ...others] = runs;
  const { decibelRange } = first.config.data;
  for (const other of others) {
    assertSameClasses(classesOf(first), classesOf(other), ONE_BY_ONE);
    const { floorDb, ceilingDb } = other.config.data.decibelRange;
    if (floorDb === decibelRange.floorDb && ceilingDb === decibelRange.ceilingDb) continue;
    throw new UserError(
      `runs ${first.folder} and ${other.folder} were trained in different dB ranges, so on different data; ${ONE_BY_ONE}`,
    );
  }
  return runs;
}

/** A run as a sentence about classes calls it. */
export const classesOf = ({ folder, config }: Run) => ({ name: `run ${folder}`, classNames: config.data.classNames });

/** Which checkpoint figures are of, for people: "checkpoint best (epoch 3, step 106), which a judge chose". */
export function describeCheckpoint({ name, epoch, step }: Pick<CheckpointInfo, 'name' | 'epoch' | 'step'>): string {
  return `checkpoint ${name} (epoch ${epoch}, step ${step})${CHOICES[name] ?? ''}`;
}

const CHOICES: Readonly<Record<string, string>> = { best: ', which a judge chose', last: ', the last one saved' };

/**
 * The run that a path means: its folder, or one of its checkpoints, which is then the one that is taken. Otherwise that is the checkpoint
 * named, or the one that the model package's rule chooses. Its files are checked against their hashes; nothing is loaded.
 */
async function findRun(path: string, checkpointName?: string): Promise<Run> {
  const { path: folder, config: configFile, judging } = runFolder(await folderOfRun(path));
  if (!existsSync(configFile)) {
    throw new UserError(
      `run ${folder} holds no config.json, so it is no run folder; train one with: ${trainingCommand('runs/laptop')}`,
    );
  }
  const config = await readRunConfig(configFile);
  const checkpoint = await readCheckpoint(await findCheckpoint(path, { checkpoint: checkpointName }));
  const name = basename(folder) === 'run' ? basename(dirname(folder)) : basename(folder);
  return { folder, name, variant: config.options.variant, config, checkpoint, judging: await readJudgingFile(judging) };
}

/** The run's folder: the path itself, or the one that a checkpoint, its weights or the folder of checkpoints lies in. */
async function folderOfRun(path: string): Promise<string> {
  const stats = await stat(path).catch(() => null);
  if (stats === null) throw new UserError(`run ${path} does not exist; train one with: ${trainingCommand(path)}`);
  const isWeights = stats.isFile() && basename(path) === WEIGHTS;
  if (!stats.isDirectory() && !isWeights) throw new UserError(`run ${path} is a file; name the run folder that the trainer left`);
  const folder = resolve(isWeights ? dirname(path) : path);
  const above = [folder, dirname(folder)].find((candidate) => candidate === runFolder(dirname(candidate)).checkpoints);
  return existsSync(runFolder(folder).checkpoints) || above === undefined ? folder : dirname(above);
}

async function readCheckpoint({ folder, name }: { folder: string; name: string | null }): Promise<CheckpointInfo> {
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
