import { join } from 'node:path';
import { startBackend } from '@cmcgan/backends';
import { assertAddressSpace, type Progress } from '@cmcgan/command-line';
import { writeAtomically } from '@cmcgan/training/node';
import { resolveEvaluateOptions, type EvaluateFlags } from '../options/evaluate-options';
import { printEvaluation } from '../report/print-evaluation';

/** The dependencies of a command. */
export interface CommandDependencies {
  /** The folder that relative paths start from. */
  readonly folder: string;
  readonly progress: Progress;
}

/**
 * Evaluates runs, writes evaluation.json and report.html, and then prints the tables. With `keepMeasured`, each run's figures are also
 * saved there and reused. Resolves to the process's exit code.
 */
export async function evaluateCommand(
  flags: EvaluateFlags,
  { folder, progress, keepMeasured = false }: CommandDependencies & { readonly keepMeasured?: boolean },
): Promise<number> {
  const options = resolveEvaluateOptions(flags, folder);
  assertAddressSpace('evaluate');
  const { evaluateRuns } = await import('../evaluation/evaluate-runs'); // slow to load: flags are checked first
  const { reportPage } = await import('../report/report-page');
  const backend = await startBackend(options.backend, options);
  try {
    const result = await evaluateRuns(options, { progress, backend: backend.description, keepMeasured });
    progress.finish();
    const report = join(result.out, 'report.html');
    const json = `${JSON.stringify(result.evaluation, null, 1)}\n`;
    await writeAtomically(join(result.out, 'evaluation.json'), json, { makeFolders: true });
    await writeAtomically(report, reportPage(result));
    for (const line of printEvaluation(result.evaluation)) progress.note(line);
    progress.note(`report: ${report}`);
    return 0;
  } finally {
    await backend.dispose();
  }
}
