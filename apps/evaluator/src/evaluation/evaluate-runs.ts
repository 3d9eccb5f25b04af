import { join } from 'node:path';
import { auditData } from '../audit/audit-data';
import { auditJudge } from '../audit/audit-judge';
import { auditRun } from '../audit/audit-run';
import { chooseGalleryPairs, drawGalleryPairs } from '../gallery/draw-pairs';
import type { GalleryPair, GallerySamples } from '../gallery/gallery';
import { generateGallery } from '../gallery/generate-gallery';
import { openJudges } from '../judge/open-judges';
import type { EvaluateOptions } from '../options/evaluate-options';
import type { Progress } from '@cmcgan/command-line';
import { openRun, type OpenRun } from '../run/open-run';
import { readJudging } from '../run/read-judging';
import { readRunConfig } from '../run/run-config';
import { evaluateModel } from './evaluate-model';
import { assembleEvaluation } from './assemble-evaluation';
import type { EvaluatedRun, Evaluation } from './evaluation';
import { keptOrMeasured, measuredKey, type MeasuredRun } from './measured-run';
import { openEvaluationData, type ConfiguredRun } from './open-evaluation-data';
import { measureReference, type Reference } from './reference';

/** An evaluation, and what its report shows. */
export interface EvaluationResult {
  readonly evaluation: Evaluation;
  readonly gallery: readonly GalleryPair[];
  /** By the names of runs. */
  readonly samples: Readonly<Record<string, GallerySamples>>;
}

export interface EvaluationSurroundings {
  readonly progress: Progress;
  /** What computes, in words. */
  readonly backend: string;
  /** Where each run's figures are kept, so that an evaluation that was stopped goes on; null: nowhere. */
  readonly measuredFolder?: string | null;
}

/** Evaluates runs on the current backend: the same runs, data and seed give the same figures. */
export async function evaluateRuns(options: EvaluateOptions, surroundings: EvaluationSurroundings): Promise<EvaluationResult> {
  const { progress, backend, measuredFolder = null } = surroundings;
  const configured: ConfiguredRun[] = [];
  for (const folder of options.runs) configured.push({ folder, config: await readRunConfig(folder) });
  const dataset = await openEvaluationData(options.data, configured, progress);
  const judges = await openJudges(dataset, {
    given: options.judge ?? undefined,
    cache: join(options.out ?? join(options.runs[0], 'evaluation'), 'judge'),
    schedule: options.judgeSchedule,
    progress,
  });
  try {
    const reference = await measureReference(dataset, { judges, seed: options.seed, limit: options.limit, progress });
    const pairs = options.samples ? chooseGalleryPairs(dataset, options.seed) : [];
    const measured: MeasuredRun[] = [];
    for (const folder of options.runs)
      measured.push(await measureRun(folder, { ...options, reference, pairs, progress, measuredFolder }));
    const named = withUniqueNames(measured);
    const audit = [...auditData(dataset), ...auditJudge(judges, dataset), ...named.flatMap((run) => run.audit)];
    return {
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
  readonly checkpoint: string | undefined;
  readonly seed: number;
  readonly backend: string;
  readonly measuredFolder: string | null;
}

async function measureRun(folder: string, options: MeasureRunOptions): Promise<MeasuredRun> {
  const { reference, pairs, progress, checkpoint, seed, backend, measuredFolder } = options;
  const run = await openRun(folder, checkpoint);
  const { model, name, variant } = run;
  const measure = async (): Promise<MeasuredRun> => {
    progress.note(`Evaluating ${name} (${variant}), checkpoint ${run.checkpoint.name} of step ${run.checkpoint.step}`);
    const figures = await evaluateModel(model, reference, { name, variant, progress });
    return {
      evaluation: { run: describeRun(run), ...figures },
      samples: await generateGallery(model, { dataset: reference.dataset, pairs, seed }),
      audit: auditRun(run, await readJudging(folder), reference.dataset),
    };
  };
  try {
    const key = measuredKey(run, reference, { backend, samples: pairs.length > 0 });
    return await keptOrMeasured({ folder: measuredFolder, name, key }, measure);
  } finally {
    model.dispose();
  }
}

function describeRun({ name, variant, config, checkpoint }: OpenRun): EvaluatedRun {
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
