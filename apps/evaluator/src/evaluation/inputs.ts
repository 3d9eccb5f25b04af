import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describeError, UserError, type Progress } from '@cmcgan/command-line';
import { assertSameClasses, assertSeveralClasses, JUDGE_NAMES, type Classes, type KnownTruth } from '@cmcgan/evaluation';
import { JUDGE_FOLDERS } from '@cmcgan/evaluation/node';
import { findPairs, INSTRUMENTS, openDataset, type Dataset } from '@cmcgan/sub-urmp';
import { readJson, runFolder, type TrainedRun } from '@cmcgan/training/node';
import { z } from 'zod';
import type { EvaluateOptions } from '../options/evaluate-options';
import { REMEDIES } from '../options/remedies';
import { classesOf } from './runs';

/** Which data set is opened, and how. */
export interface EvaluationDataOptions extends Pick<EvaluateOptions, 'data' | 'dataCache' | 'skipBroken'> {
  readonly progress: Progress;
}

/**
 * Opens the given data set, or the run's own, with the dB range that the generator was trained with.
 *
 * @throws before any file is read, if the classes differ from the run's
 */
export async function openEvaluationData(
  run: TrainedRun,
  { data, dataCache, skipBroken, progress }: EvaluationDataOptions,
): Promise<Dataset> {
  const folder = data ?? ownData(run);
  const { classNames } = await findPairs(folder);
  assertSameClasses({ name: `data ${folder}`, classNames }, classesOf(run), 'name a data set of the same classes with --data');
  const dataset = await openDataset(folder, {
    ...(dataCache !== null && { cacheFolder: dataCache }),
    onBroken: skipBroken ? 'skip' : 'error',
    decibelRange: run.config.data.decibelRange,
    onProgress: ({ done, total }) => progress.status('reading data', done, total),
    onWarning: (warning: string, cause?: Error) => progress.note(`warning: ${cause ? describeError(cause, REMEDIES) : warning}`),
  });
  progress.finish();
  return dataset;
}

/** The data folder that a run was trained on; simulated data are in the run folder, even if that was moved. */
function ownData({ folder, config }: TrainedRun): string {
  const found = [config.data.folder, runFolder(folder).simulatedData].find((path) => existsSync(path));
  if (found) return found;
  throw new UserError(
    `run ${folder} was trained on ${config.data.folder}, which does not exist; name a data set of the same classes with --data`,
  );
}

const truthSchema = z.looseObject({
  generator: z.string(),
  pairs: z.array(z.looseObject({ id: z.string(), midi: z.number(), loudness: z.number() })),
});

/** The ground truth of simulated data; null for other data and, with a warning, if it lacks a pair. */
export async function readTruth(
  { folder, splits }: Pick<Dataset, 'folder' | 'splits'>,
  progress: Progress,
): Promise<KnownTruth | null> {
  const path = join(folder, 'ground-truth.json');
  if (!existsSync(path)) return null;
  const truth = await readJson(path, truthSchema, 'the ground truth of simulated musicians');
  const known = new Set(truth.pairs.map(({ id }) => id));
  const unknown = [...splits.train, ...splits.validation].filter(({ id }) => !known.has(id));
  if (unknown.length === 0) return truth;
  progress.note(
    `warning: ${path} lacks ${unknown.length} of the pairs (${unknown[0].id}, for example), so pitch and loudness are not measured`,
  );
  return null;
}

const judgeSchema = z.looseObject({
  classifier: z.looseObject({ modality: z.enum(JUDGE_NAMES), classNames: z.array(z.string()) }),
});
const JUDGE_REMEDY = 'give a judge folder saved by an evaluation of these classes, or omit --judge';

/** Checks, before anything is computed, that a judge folder holds all three classifiers and that they have the classes to be judged. */
export async function assertJudgeFits(folder: string, judged: Classes): Promise<void> {
  for (const name of JUDGE_NAMES) {
    const path = join(folder, JUDGE_FOLDERS[name], 'config.json');
    if (!existsSync(path)) throw new UserError(`judge ${folder} lacks ${JUDGE_FOLDERS[name]}/config.json; ${JUDGE_REMEDY}`);
    const { classifier } = await readJson(path, judgeSchema, 'the config.json of a judge');
    if (classifier.modality !== name) {
      throw new UserError(
        `${path} must be the config of a judge of modality ${name}, got ${classifier.modality}; ${JUDGE_REMEDY}`,
      );
    }
    assertSameClasses({ name: `judge ${folder}`, classNames: classifier.classNames }, judged, JUDGE_REMEDY);
  }
}

/** Checks the data and the judge of an experiment before anything is trained: the evaluation, hours later, needs both. */
export async function assertExperimentInputs({ data, judge }: { data: string | null; judge: string | null }): Promise<void> {
  const name = data === null ? 'the simulated data' : `data ${data}`;
  const classNames = data === null ? [...INSTRUMENTS].sort() : (await findPairs(data)).classNames;
  assertSeveralClasses({ name, classNames });
  if (judge !== null) await assertJudgeFits(judge, { name, classNames });
}
