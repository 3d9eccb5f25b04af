import { evaluateCommand } from './evaluate-command';
import { describeExperiments } from '../experiment/describe-plan';
import { resolveExperimentOptions, type ExperimentFlags } from '../experiment/experiment-options';
import { EXPERIMENTS } from '../experiment/experiments';
import { runExperiment } from '../experiment/run-experiment';
import { runTrainer } from '../experiment/run-trainer';
import type { Progress } from '@cmcgan/command-line';

/** `experiment list`, or trains and evaluates the experiments named. Resolves to the process's exit code. */
export async function experimentCommand(
  names: readonly string[],
  flags: ExperimentFlags,
  { folder, progress }: { folder: string; progress: Progress },
): Promise<number> {
  if (names.length === 1 && names[0] === 'list') {
    for (const line of describeExperiments(EXPERIMENTS)) progress.note(line);
    return 0;
  }
  const options = resolveExperimentOptions(names, flags, folder);
  return runExperiment(options, { folder, progress, runTrainer, evaluate: evaluateCommand, nowMs: () => performance.now() });
}
