import type { RobustClassifier } from '@cmcgan/classifier';
import { saveClassifier } from '@cmcgan/classifier/node';
import { type DrawnPair, type DrawnSamples, drawPairs, drawSamples } from '@cmcgan/pages';
import { join } from 'node:path';
import { assertCanWrite, type Progress } from '@cmcgan/command-line';
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
  type NamedModel,
  type Reference,
} from '@cmcgan/evaluation';
import { loadJudges, openJudges, withRecordings } from '@cmcgan/evaluation/node';
import { loadModel } from '@cmcgan/model/node';
import type { Dataset, Pair } from '@cmcgan/sub-urmp';
import type { TrainedRun } from '@cmcgan/training/node';
import type { EvaluateOptions } from '../options/evaluate-options';
import { findUnseen, learnFromUnseen, trainRobust, type CrossFitted } from './cross-fit';
import { classesOf, describeCheckpoint, findFoldRuns, findRuns } from './runs';
import { assembleEvaluation, type EvaluatedRun, type Evaluation } from './evaluation';
import { assertJudgeFits, openEvaluationData, readTruth } from './inputs';
import { keptOrMeasured, measuredKey, type MeasuredRun } from './measured-run';

/** An evaluation, and the samples that its report shows. */
export interface EvaluationResult {
  /** The folder that its files belong in. */
  readonly out: string;
  readonly evaluation: Evaluation;
  readonly gallery: readonly DrawnPair[];
  /** By run name. */
  readonly samples: Readonly<Record<string, DrawnSamples>>;
}

export interface EvaluationDependencies {
  readonly progress: Progress;
  /** A description of the backend for the report. */
  readonly backend: string;
  /** Whether each run's figures are saved next to the report, so that an interrupted evaluation can resume. */
  readonly keepMeasured?: boolean;
}

/**
 * Evaluates runs on the current backend: the same runs, data and seed give the same figures. Whatever is wrong with a run, the data or the
 * judge is reported before anything is computed or written.
 */
export async function evaluateRuns(options: EvaluateOptions, dependencies: EvaluationDependencies): Promise<EvaluationResult> {
  const { progress } = dependencies;
  const { seed, limit, soundPairs } = options;
  const runs = await findRuns(options.runs, options.checkpoint);
  const crossFitRuns = await findFoldRuns(options.crossFit, runs[0], options.checkpoint);
  assertSeveralClasses(classesOf(runs[0]));
  const out = options.out ?? join(runs[0].folder, 'evaluation');
  await assertCanWrite(out);
  if (options.judge !== null) await assertJudgeFits(options.judge, classesOf(runs[0]));
  const dataset = await openEvaluationData(runs[0], { ...options, progress });
  const truth = await readTruth(dataset, progress);
  const crossFit = await findUnseen(crossFitRuns, dataset);
  const { judges, origin } = await judgesFor(dataset, { out, options, simulated: truth !== null, progress });
  const training = { dataset, judges, progress };
  let robust: RobustClassifier[] = [];
  let learnt: CrossFitted | null = null;
  try {
    if (crossFit.length > 0) {
      learnt = await learnFromUnseen(crossFit, training);
      await saveClassifier(learnt.taught, join(out, 'multimodal'));
    }
    if (options.robustClassifiers) robust = await trainRobust(training);
    const reference = await measureReference(
      { data: withRecordings(dataset), judges, truth, robust },
      { seed, limit, soundPairs, onProgress: showProgress(progress) },
    );
    const pairs = options.samples ? onePairPerClass(dataset, seed) : [];
    const crossFitted = learnt && { variant: crossFit[0].run.config.options.variant, ...learnt };
    const measured = await measureRuns(runs, { reference, dataset, pairs, crossFitted }, { ...dependencies, out });
    const audit = [...auditData(dataset), ...auditJudges(judges, dataset), ...measured.flatMap((run) => run.audit)];
    return {
      out,
      evaluation: assembleEvaluation(
        measured.map(({ evaluation }) => evaluation),
        reference,
        { audit, backend: dependencies.backend, origin, pool: learnt?.pool ?? null },
      ),
      gallery: await drawPairs(dataset, pairs),
      samples: Object.fromEntries(measured.map(({ evaluation, samples }) => [evaluation.run.name, samples])),
    };
  } finally {
    robust.forEach((classifier) => classifier.dispose());
    learnt?.taught.classifier.dispose();
    judges.dispose();
  }
}

/** Shows a library's progress on the program's progress bar. */
const showProgress =
  (progress: Progress) =>
  ({ task, done, total }: { task: string; done: number; total: number }) =>
    progress.status(task, done, total);

/** The judges given by the options, or those in the evaluation's folder, trained first if they are missing. */
async function judgesFor(
  dataset: Dataset,
  { out, options, simulated, progress }: { out: string; options: EvaluateOptions; simulated: boolean; progress: Progress },
): Promise<{ judges: Judges; origin: 'given' | 'cached' | 'trained' }> {
  if (options.judge !== null) return { judges: await loadJudges(options.judge), origin: 'given' };
  const { judgeSchedule, judgeAugmentation } = options;
  const judges = await openJudges(join(out, 'judge'), dataset, {
    ...judgeSchedule,
    augmentation: judgeAugmentation === 'auto' ? (simulated ? 'light' : 'ears') : judgeAugmentation,
    onProgress: showProgress(progress),
    onNote: (note) => progress.note(note),
  });
  return { judges, origin: judges.origin };
}

/** What runs are measured with. */
interface Measuring {
  readonly reference: Reference;
  readonly dataset: Dataset;
  /** The pairs that samples are generated from. */
  readonly pairs: readonly Pair[];
  /** What was learnt from pairs that generators did not see, and the variant of these. */
  readonly crossFitted: (CrossFitted & { readonly variant: string }) | null;
}

/** What was learnt for the run's variant. */
function learntFor({ config }: TrainedRun, { crossFitted }: Measuring): Pick<NamedModel, 'weights' | 'taught'> {
  if (crossFitted?.variant !== config.options.variant) return {};
  return { weights: crossFitted.pool.weights, taught: crossFitted.taught };
}

async function measureRuns(
  runs: readonly TrainedRun[],
  measuring: Measuring,
  { out, keepMeasured = false, ...dependencies }: EvaluationDependencies & { readonly out: string },
): Promise<MeasuredRun[]> {
  const folder = keepMeasured ? join(out, 'measured') : null;
  const measured: MeasuredRun[] = [];
  for (const run of runs) {
    const { backend } = dependencies;
    const conditions = { backend, samples: measuring.pairs.length > 0, ...learntFor(run, measuring) };
    const key = measuredKey(run, measuring.reference, conditions);
    const place = { folder, name: run.name, key };
    measured.push(await keptOrMeasured(place, () => measureRun(run, measuring, dependencies.progress)));
  }
  return withUniqueNames(measured);
}

async function measureRun(run: TrainedRun, measuring: Measuring, progress: Progress): Promise<MeasuredRun> {
  const { reference, dataset, pairs } = measuring;
  const { name, checkpoint } = run;
  const { variant } = run.config.options;
  progress.note(`Evaluating ${name} (${variant}): ${describeCheckpoint(checkpoint)}`);
  const model = await loadModel(checkpoint.folder);
  try {
    const named = { name, variant, model, ...learntFor(run, measuring) };
    const figures = await evaluateModel(named, reference, { onProgress: showProgress(progress) });
    progress.finish();
    const samples = await generateSamples(model, { data: dataset, pairs, seed: reference.seed });
    return {
      evaluation: { run: describeRun(run), ...figures },
      samples: await drawSamples(samples, dataset.decibelRange),
      audit: auditRun(run, dataset),
    };
  } finally {
    model.dispose();
  }
}

function describeRun({ name, config, checkpoint }: TrainedRun): EvaluatedRun {
  const { options, data, parameters } = config;
  const { folder: _where, ...kept } = checkpoint;
  return {
    ...{ name, variant: options.variant, preset: options.preset, seed: options.seed },
    ...{ dataHash: data.manifestHash, parameters: parameters.total, checkpoint: kept },
  };
}

/** Appends numbers to repeated run names. */
function withUniqueNames(measured: readonly MeasuredRun[]): MeasuredRun[] {
  const names = measured.map(({ evaluation }) => evaluation.run.name);
  return measured.map((one, i) => {
    const { run } = one.evaluation;
    const before = names.slice(0, i).filter((name) => name === run.name).length;
    const name = before === 0 ? run.name : `${run.name} (${before + 1})`;
    return { ...one, evaluation: { ...one.evaluation, run: { ...run, name } } };
  });
}
