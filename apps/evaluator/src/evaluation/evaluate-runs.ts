import { join } from 'node:path';
import { auditData } from '../audit/audit-data';
import { auditJudge } from '../audit/audit-judge';
import { auditRun } from '../audit/audit-run';
import { loadModel } from '@cmcgan/model/node';
import { assertCanWrite } from '../files/assert-can-write';
import { chooseGalleryPairs, drawGalleryPairs } from '../gallery/draw-pairs';
import type { GalleryPair, GallerySamples } from '../gallery/gallery';
import { generateGallery } from '../gallery/generate-gallery';
import { openJudges } from '../judge/open-judges';
import type { EvaluateOptions } from '../options/evaluate-options';
import type { Progress } from '@cmcgan/command-line';
import { assertJudgeFits } from '../judge/assert-judge-fits';
import { describeCheckpoint } from '../run/describe-checkpoint';
import type { Run } from '../run/find-run';
import { assertSeveralClasses } from '../run/classes';
import { classesOf, findRuns } from '../run/find-runs';
import { evaluateModel } from './evaluate-model';
import { assembleEvaluation } from './assemble-evaluation';
import type { EvaluatedRun, Evaluation } from './evaluation';
import { keptOrMeasured, measuredKey, type MeasuredRun } from './measured-run';
import { openEvaluationData } from './open-evaluation-data';
import { readTruth } from './read-truth';
import { measureReference, type Reference } from './reference';

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
  const { progress, backend, keepMeasured = false } = surroundings;
  const runs = await findRuns(options.runs, options.checkpoint);
  assertSeveralClasses(classesOf(runs[0]));
  const out = options.out ?? join(runs[0].folder, 'evaluation');
  await assertCanWrite(out);
  if (options.judge !== null) await assertJudgeFits(options.judge, classesOf(runs[0]));
  const measuredFolder = keepMeasured ? join(out, 'measured') : null;
  const dataset = await openEvaluationData(runs[0], { ...options, progress });
  const truth = await readTruth(dataset, progress);
  const judges = await openJudges(dataset, {
    given: options.judge ?? undefined,
    cache: join(out, 'judge'),
    schedule: options.judgeSchedule,
    progress,
  });
  try {
    const reference = await measureReference(dataset, { judges, truth, seed: options.seed, limit: options.limit, progress });
    const pairs = options.samples ? chooseGalleryPairs(dataset, options.seed) : [];
    const measured: MeasuredRun[] = [];
    for (const run of runs)
      measured.push(await measureRun(run, { ...options, reference, pairs, progress, backend, measuredFolder }));
    const named = withUniqueNames(measured);
    const audit = [...auditData(dataset), ...auditJudge(judges, dataset), ...named.flatMap((run) => run.audit)];
    return {
      out,
      evaluation: assembleEvaluation(named, reference, { audit, backend, origin: judges.origin }),
      gallery: await drawGalleryPairs(dataset, pairs),
      samples: Object.fromEntries(named.map(({ evaluation, samples }) => [evaluation.run.name, samples])),
    };
  } finally {
    judges.dispose();
  }
}

interface MeasureRunOptions {
  readonly reference: Reference;
  readonly pairs: ReturnType<typeof chooseGalleryPairs>;
  readonly progress: Progress;
  readonly seed: number;
  readonly backend: string;
  readonly measuredFolder: string | null;
}

async function measureRun(run: Run, options: MeasureRunOptions): Promise<MeasuredRun> {
  const { reference, pairs, progress, seed, backend, measuredFolder } = options;
  const { name, variant, checkpoint } = run;
  const measure = async (): Promise<MeasuredRun> => {
    progress.note(`Evaluating ${name} (${variant}): ${describeCheckpoint(checkpoint)}`);
    const model = await loadModel(checkpoint.folder);
    try {
      const figures = await evaluateModel(model, reference, { name, variant, progress });
      const samples = await generateGallery(model, { dataset: reference.dataset, pairs, seed });
      return { evaluation: { run: describeRun(run), ...figures }, samples, audit: auditRun(run, reference.dataset) };
    } finally {
      model.dispose();
    }
  };
  return keptOrMeasured(
    { folder: measuredFolder, name, key: measuredKey(run, reference, { backend, samples: pairs.length > 0 }) },
    measure,
  );
}

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
