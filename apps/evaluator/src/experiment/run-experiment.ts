import type { evaluateCommand } from '../commands/evaluate-command';
import type { Progress } from '../progress';
import { describeExperiments, describePlan } from './describe-plan';
import type { ExperimentOptions } from './experiment-options';
import { openExperimentState, saveExperimentState } from './experiment-state';
import { variantsOf } from './experiments';
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
  const { experiments, out, trainerFlags, evaluateFlags, dryRun } = options;
  const { folder, progress, runTrainer, evaluate, nowMs } = surroundings;
  const state = await openExperimentState(out, trainerFlags);
  const plan = [...describeExperiments(experiments), '', ...describePlan(experiments, state, out)];
  for (const line of plan) progress.note(line);
  if (dryRun) return 0;
  await saveExperimentState(out, state);
  const variants = variantsOf(experiments);
  for (const variant of variants.filter((name) => !state.trained[name])) {
    const startMs = nowMs();
    await trainVariant(variant, { out, trainerFlags, runTrainer, progress });
    state.trained[variant] = { minutes: (nowMs() - startMs) / 60_000, trainerFlags: { ...trainerFlags } };
    await saveExperimentState(out, state);
  }
  const run = variants.map((variant) => variantFolder(out, variant));
  return evaluate({ ...evaluateFlags, run, out }, { folder, progress, keepMeasured: true });
}
