import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { assertAddressSpace } from '@cmcgan/command-line';
import { EXPERIMENTS } from '@cmcgan/evaluation';
import { evaluateCommand, type CommandDependencies } from '../commands/evaluate-command';
import { resolveExperimentOptions, type ExperimentFlags, type ExperimentOptions } from './experiment-options';
import { openExperimentState, saveExperimentState, type ExperimentState } from './experiment-state';
import { describeExperiments, describePlan, variantsToTrain } from './plan';
import { runTrainer, trainVariant, variantFolder, type RunTrainer } from './trainer';

/** Lists the experiments (`experiment list`), or trains and evaluates those named. Resolves to the process's exit code. */
export async function experimentCommand(
  names: readonly string[],
  flags: ExperimentFlags,
  { folder, progress }: CommandDependencies,
): Promise<number> {
  if (names.length === 1 && names[0] === 'list') {
    for (const line of describeExperiments(EXPERIMENTS)) progress.note(line);
    return 0;
  }
  const options = resolveExperimentOptions(names, flags, folder);
  return runExperiment(options, { folder, progress, runTrainer, evaluate: evaluateCommand, nowMs: () => performance.now() });
}

/** The dependencies of an experiment. */
export interface ExperimentDependencies extends CommandDependencies {
  readonly runTrainer: RunTrainer;
  readonly evaluate: typeof evaluateCommand;
  /** A monotonic clock, in milliseconds. */
  readonly nowMs: () => number;
}

/**
 * Trains every variant that the experiments need and that is not trained yet, evaluates all of them with one judge, and writes one report.
 * If it is stopped, the same command resumes it. Resolves to the process's exit code.
 */
export async function runExperiment(options: ExperimentOptions, dependencies: ExperimentDependencies): Promise<number> {
  const { experiments, out, trainerFlags, judge, evaluateFlags, dryRun, jobs } = options;
  const { folder, progress, evaluate } = dependencies;
  const state = await openExperimentState(out, trainerFlags);
  assertAddressSpace('train');
  const { assertExperimentInputs } = await import('../evaluation/inputs'); // slow to load: flags are checked first
  await assertExperimentInputs({ data: trainerFlags.data ?? null, judge });
  const plan = [...describeExperiments(experiments), '', ...describePlan(experiments, { state, out, jobs })];
  for (const line of plan) progress.note(line);
  if (dryRun) return 0;
  await saveExperimentState(out, state);
  const variants = variantsToTrain(experiments);
  const left = variants.filter((name) => !state.trained[name]);
  await forEachAtMost(jobs, left, (variant) => trainAndNote(variant, state, { options, dependencies }));
  const run = variants.map((variant) => variantFolder(out, variant));
  return evaluate({ ...evaluateFlags, run, out }, { folder, progress, keepMeasured: true });
}

/** Trains a variant and records it in experiment.json. */
async function trainAndNote(
  variant: string,
  state: ExperimentState,
  { options, dependencies }: { options: ExperimentOptions; dependencies: ExperimentDependencies },
): Promise<void> {
  const { out, jobs } = options;
  const { progress, runTrainer, nowMs } = dependencies;
  const trainerFlags = { ...options.trainerFlags, ...sharedJudge(out, state) };
  const startMs = nowMs();
  await trainVariant(variant, { out, trainerFlags, runTrainer, progress, beside: jobs > 1 });
  state.trained[variant] = { minutes: (nowMs() - startMs) / 60_000, trainerFlags };
  await saveExperimentState(out, state);
}

/** The judge of an earlier training, if there is one. All trainings have the same pairs and seed, so a new judge would be the same. */
function sharedJudge(out: string, { trained }: ExperimentState): { judge?: string } {
  const judge = Object.keys(trained)
    .map((variant) => join(variantFolder(out, variant), 'judge'))
    .find((folder) => existsSync(folder));
  return judge === undefined ? {} : { judge };
}

/**
 * Does `work` for every item in order, at most `limit` at a time. After a failure no further item is started; once those under way have
 * finished, the first error is thrown.
 */
async function forEachAtMost<T>(limit: number, items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const waiting = [...items];
  const errors: unknown[] = [];
  const worker = async () => {
    while (waiting.length > 0 && errors.length === 0) {
      await work(waiting.shift()!).catch((error: unknown) => errors.push(error));
    }
  };
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, worker));
  if (errors.length > 0) throw errors[0];
}
