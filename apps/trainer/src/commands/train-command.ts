import { withNamedBackend } from '@cmcgan/backends';
import { assertAddressSpace, describeError, EXIT_CODES, usageError } from '@cmcgan/command-line';
import { planRun, type RunPlan } from '../options/plan-run';
import { readSwitches } from '../options/read-flags';
import { REMEDIES } from '../options/remedies';
import { createProgress, type ProgressStyle } from '../progress/create-progress';
import type { Progress } from '../progress/progress';
import { listenForInterrupt } from '../training/interrupt';
import type { ProgramDependencies, Typed } from './command';
import { trainingReport } from './training-report';

const nowMs = () => performance.now();

function progressStyle(switches: Typed['switches']): ProgressStyle {
  const [quiet, json] = [switches.has('quiet'), switches.has('json')];
  if (quiet && json) throw usageError('--quiet conflicts with --json; take one of them');
  return quiet ? 'quiet' : json ? 'json' : 'lines';
}

async function runTraining(
  { options, folderUse }: RunPlan,
  progress: Progress,
  dependencies: ProgramDependencies,
): Promise<number> {
  const { train } = await import('../training/train'); // slow to load: flags are checked first
  const interrupt = listenForInterrupt(process, (goesOn) =>
    progress.note(
      goesOn ? 'Stopping after this step and saving; press Ctrl-C again to stop at once without saving.' : 'Stopped at once.',
    ),
  );
  try {
    const { trainerVersion } = dependencies;
    const summary = await train(options, { progress, interrupt, nowMs, startedAt: new Date(), folderUse, trainerVersion });
    const { position, ...rest } = summary;
    progress.event({ event: 'finished', ...rest, step: position.step });
    progress.summary(trainingReport(summary, dependencies.folder));
    return summary.interrupted ? EXIT_CODES.interrupted : 0;
  } finally {
    interrupt.dispose();
  }
}

async function runDry(
  { options }: RunPlan,
  progress: Progress,
  { json, trainerVersion }: { json: boolean; trainerVersion: string },
) {
  const { dryRun } = await import('../dry-run/dry-run');
  const found = await dryRun(options, { progress, nowMs, trainerVersion });
  if (json) console.log(JSON.stringify({ event: 'dry-run', ...found }));
  else {
    const { describeDryRun } = await import('../dry-run/describe-dry-run');
    progress.summary(describeDryRun(found, process.stdout.columns).join('\n'));
  }
  return 0;
}

/** Trains, or with --dry-run estimates what training would take, from the flags as typed. Resolves to the process's exit code. */
export async function trainCommand({ flags, switches }: Typed, dependencies: ProgramDependencies): Promise<number> {
  const progress = createProgress(process.stdout, nowMs, progressStyle(switches));
  try {
    if (switches.has('dryRun') && flags.resume !== undefined) {
      throw usageError('--dry-run conflicts with --resume; leave one of them out');
    }
    const planned = await planRun({ ...flags, ...readSwitches(switches) }, dependencies.folder);
    assertAddressSpace('train');
    const plan = { ...planned, options: await withNamedBackend(planned.options, progress.note) };
    if (switches.has('dryRun')) return await runDry(plan, progress, { ...dependencies, json: switches.has('json') });
    return await runTraining(plan, progress, dependencies);
  } catch (error) {
    progress.event({ event: 'error', message: describeError(error, REMEDIES) });
    throw error;
  }
}
