import { join } from 'node:path';
import type { Progress } from '@cmcgan/command-line';
import {
  assertSeveralClasses,
  auditData,
  auditJudges,
  auditRun,
  evaluateModel,
  generateSamples,
  measureReference,
  onePairPerClass,
  type Judges,
  type Reference,
  type RunJudging,
} from '@cmcgan/evaluation';
import { loadJudges, openJudges } from '@cmcgan/evaluation/node';
import { loadModel } from '@cmcgan/model/node';
import type { Dataset, Pair } from '@cmcgan/sub-urmp';
import type { JudgingFile } from '@cmcgan/training/node';
import { drawGalleryPairs, drawSamples } from '../gallery/draw';
import type { GalleryPair, GallerySamples } from '../gallery/gallery';
import type { EvaluateOptions } from '../options/evaluate-options';
import { classesOf, describeCheckpoint, findRuns, type Run } from '../run/find-run';
import { assembleEvaluation, type EvaluatedRun, type Evaluation } from './evaluation';
import { assertCanWrite, assertJudgeFits, openEvaluationData, readTruth } from './inputs';
import { keptOrMeasured, measuredKey, type MeasuredRun } from './measured-run';

/** An evaluation, and what its report shows. */
export interface EvaluationResult {
  /** The folder that its files belong in. */
  readonly out: string;
  readonly evaluation: Evaluation;
  readonly gallery: readonly GalleryPair[];
  /** By the names of runs. */
  readonly samples: Readonly<Record<string, GallerySamples>>;
}

export interface EvaluationSurroundings {
  readonly progress: Progress;
  /** What computes, in words. */
  readonly backend: string;
  /** Whether each run's figures are kept beside the report, so that an evaluation that was stopped goes on. */
  readonly keepMeasured?: boolean;
}

/**
 * Evaluates runs on the current backend: the same runs, data and seed give the same figures. What is wrong with a run, the data or the
 * judge named is told before anything is computed or written.
 */
export async function evaluateRuns(options: EvaluateOptions, surroundings: EvaluationSurroundings): Promise<EvaluationResult> {
  const { progress } = surroundings;
  const { seed, limit } = options;
  const runs = await findRuns(options.runs, options.checkpoint);
  assertSeveralClasses(classesOf(runs[0]));
  const out = options.out ?? join(runs[0].folder, 'evaluation');
  await assertCanWrite(out);
  if (options.judge !== null) await assertJudgeFits(options.judge, classesOf(runs[0]));
  const dataset = await openEvaluationData(runs[0], { ...options, progress });
  const truth = await readTruth(dataset, progress);
  const { judges, origin } = await judgesFor(dataset, { out, options, progress });
  try {
    const reference = await measureReference(
      { data: dataset, judges, truth },
      { seed, limit, onProgress: showProgress(progress) },
    );
    const pairs = options.samples ? onePairPerClass(dataset, seed) : [];
    const measured = await measureRuns(runs, { reference, dataset, pairs }, { ...surroundings, out });
    const audit = [...auditData(dataset), ...auditJudges(judges, dataset), ...measured.flatMap((run) => run.audit)];
    return {
      out,
      evaluation: assembleEvaluation(
        measured.map(({ evaluation }) => evaluation),
        reference,
        { audit, backend: surroundings.backend, origin },
      ),
      gallery: await drawGalleryPairs(dataset, pairs),
      samples: Object.fromEntries(measured.map(({ evaluation, samples }) => [evaluation.run.name, samples])),
    };
  } finally {
    judges.dispose();
  }
}

/** Library work on the program's progress bar. */
const showProgress =
  (progress: Progress) =>
  ({ task, done, total }: { task: string; done: number; total: number }) =>
    progress.status(task, done, total);

/** The judges that were named, or those in the evaluation's folder, trained where they are not there. */
async function judgesFor(
  dataset: Dataset,
  { out, options, progress }: { out: string; options: EvaluateOptions; progress: Progress },
): Promise<{ judges: Judges; origin: 'given' | 'cached' | 'trained' }> {
  if (options.judge !== null) return { judges: await loadJudges(options.judge), origin: 'given' };
  const judges = await openJudges(join(out, 'judge'), dataset, {
    ...options.judgeSchedule,
    onProgress: showProgress(progress),
    onNote: (note) => progress.note(note),
  });
  return { judges, origin: judges.origin };
}

/** What runs are measured on. */
interface Measuring {
  readonly reference: Reference;
  readonly dataset: Dataset;
  /** Those that samples are generated from. */
  readonly pairs: readonly Pair[];
}

async function measureRuns(
  runs: readonly Run[],
  measuring: Measuring,
  { out, keepMeasured = false, ...surroundings }: EvaluationSurroundings & { readonly out: string },
): Promise<MeasuredRun[]> {
  const folder = keepMeasured ? join(out, 'measured') : null;
  const measured: MeasuredRun[] = [];
  for (const run of runs) {
    const { backend } = surroundings;
    const key = measuredKey(run, measuring.reference, { backend, samples: measuring.pairs.length > 0 });
    const place = { folder, name: run.name, key };
    measured.push(await keptOrMeasured(place, () => measureRun(run, measuring, surroundings.progress)));
  }
  return withUniqueNames(measured);
}

async function measureRun(run: Run, { reference, dataset, pairs }: Measuring, progress: Progress): Promise<MeasuredRun> {
  const { name, variant, config, checkpoint, judging } = run;
  progress.note(`Evaluating ${name} (${variant}): ${describeCheckpoint(checkpoint)}`);
  const model = await loadModel(checkpoint.folder);
  try {
    const figures = await evaluateModel({ name, variant, model }, reference, { onProgress: showProgress(progress) });
    progress.finish();
    const samples = await generateSamples(model, { data: dataset, pairs, seed: reference.seed });
    const trainedOn = { manifestHash: config.data.manifestHash, trainPairs: config.data.pairs.train };
    return {
      evaluation: { run: describeRun(run), ...figures },
      samples: await drawSamples(samples, dataset.decibelRange),
      audit: auditRun({ name, data: trainedOn, checkpoint, judging: judging && choiceOf(judging) }, dataset),
    };
  } finally {
    model.dispose();
  }
}

const choiceOf = ({ pairs: { source, ids, heldIds }, collapsed }: JudgingFile): RunJudging => ({
  source,
  pairs: ids.length,
  heldPairs: heldIds.length,
  collapsed,
});

function describeRun({ name, variant, config, checkpoint }: Run): EvaluatedRun {
  const { options, data, parameters } = config;
  const { folder: _where, ...kept } = checkpoint;
  return {
    ...{ name, variant, preset: options.preset, seed: options.seed },
    ...{ dataHash: data.manifestHash, parameters: parameters.total, checkpoint: kept },
  };
}

/** Runs of one name are told apart by numbers. */
function withUniqueNames(runs: readonly MeasuredRun[]): MeasuredRun[] {
  const seen = new Map<string, number>();
  return runs.map((measured) => {
    const { run } = measured.evaluation;
    const count = (seen.get(run.name) ?? 0) + 1;
    seen.set(run.name, count);
    const name = count === 1 ? run.name : `${run.name} (${count})`;
    return { ...measured, evaluation: { ...measured.evaluation, run: { ...run, name } } };
  });
}
