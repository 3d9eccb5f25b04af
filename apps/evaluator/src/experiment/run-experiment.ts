import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { evaluateCommand } from '../commands/evaluate-command';
import { assertAddressSpace, type Progress } from '@cmcgan/command-line';
import { describeExperiments, describePlan } from './describe-plan';
import type { ExperimentOptions } from './experiment-options';
import { openExperimentState, saveExperimentState, type ExperimentState } from './experiment-state';
import { variantsOf } from './experiments';
import { forEachAtMost } from './for-each-at-most';
import type { RunTrainer } from './run-trainer';
import { trainVariant, variantFolder } from './train-variant';

export interface ExperimentSurroundings {
  readonly folder: string;
  readonly progress: Progress;
  readonly runTrainer: RunTrainer;
  readonly evaluate: typeof evaluateCommand;
  /** A monotonic clock, in milliseconds. */
  readonly nowMs: () => number;
}

/**
 * Trains every variant that the experiments take and is not trained yet, evaluates all with one judge, and writes one report. Stopped at
 * any moment, the same command goes on from there. Resolves to the process's exit code.
 */
export async function runExperiment(options: ExperimentOptions, surroundings: ExperimentSurroundings): Promise<number> {
  const { experiments, out, trainerFlags, judge, evaluateFlags, dryRun, jobs } = options;
  const { folder, progress, evaluate } = surroundings;
  const state = await openExperimentState(out, trainerFlags);
  assertAddressSpace('train');
  const { assertInputs } = await import('./assert-inputs'); // heavy: a mistyped flag is answered before
  await assertInputs({ data: trainerFlags.data ?? null, judge });
  const plan = [...describeExperiments(experiments), '', ...describePlan(experiments, { state, out, jobs })];
  for (const line of plan) progress.note(line);
  if (dryRun) return 0;
  await saveExperimentState(out, state);
  const variants = variantsOf(experiments);
  const left = variants.filter((name) => !state.trained[name]);
  await forEachAtMost(jobs, left, (variant) => trainAndNote(variant, state, { options, surroundings }));
  const run = variants.map((variant) => variantFolder(out, variant));
  return evaluate({ ...evaluateFlags, run, out }, { folder, progress, keepMeasured: true });
}

/** Trains a variant and notes it in experiment.json. */
async function trainAndNote(
  variant: string,
  state: ExperimentState,
  { options, surroundings }: { options: ExperimentOptions; surroundings: ExperimentSurroundings },
): Promise<void> {
  const { out, jobs } = options;
  const { progress, runTrainer, nowMs } = surroundings;
  const trainerFlags = { ...options.trainerFlags, ...sharedJudge(out, state) };
  const startMs = nowMs();
  await trainVariant(variant, { out, trainerFlags, runTrainer, progress, beside: jobs > 1 });
  state.trained[variant] = { minutes: (nowMs() - startMs) / 60_000, trainerFlags };
  await saveExperimentState(out, state);
}

/** The judge of an earlier training, if there is one: it was trained on the same pairs from the same seed, so another would be the same. */
function sharedJudge(out: string, { trained }: ExperimentState): { judge?: string } {
  const judge = Object.keys(trained)
    .map((variant) => join(variantFolder(out, variant), 'judge'))
    .find((folder) => existsSync(folder));
  return judge === undefined ? {} : { judge };
}
