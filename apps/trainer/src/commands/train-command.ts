import { withNamedBackend } from '@cmcgan/backends';
import { assertAddressSpace, describeError, EXIT_CODES, usageError } from '@cmcgan/command-line';
import { planRun, sharedPlan, type RunPlan } from '../options/plan-run';
import { readSwitches } from '../options/read-flags';
import { REMEDIES } from '../options/remedies';
import { createProgress, SILENT_PROGRESS, type ProgressStyle } from '../progress/create-progress';
import type { Progress } from '../progress/progress';
import { connectRanks, runRank, type Ranks } from '../ranks/ranks';
import { endInTime, listenForInterrupt } from '../training/interrupt';
import type { ProgramDependencies, Typed } from './command';
import { trainingReport } from './training-report';

const nowMs = () => performance.now();

function progressStyle(switches: Typed['switches']): ProgressStyle {
  const [quiet, json] = [switches.has('quiet'), switches.has('json')];
  if (quiet && json) throw usageError('--quiet conflicts with --json; take one of them');
  return quiet ? 'quiet' : json ? 'json' : 'lines';
}

interface Session extends ProgramDependencies {
  readonly progress: Progress;
  readonly ranks: Ranks;
}

async function runTraining(
  { options, folderUse }: RunPlan,
  { progress, ranks, folder, trainerVersion }: Session,
): Promise<number> {
  const { train } = await import('../training/train'); // slow to load: flags are checked first
  const { watchStalls } = await import('../ranks/watch-stalls');
  const watched = await watchStalls(ranks, { seconds: options.stallSeconds, onStall: progress.note });
  const grace = endInTime(options.graceSeconds, progress);
  const interrupt = listenForInterrupt(process, (goesOn, signal) => {
    progress.note(
      goesOn ? 'Stopping after this step and saving; press Ctrl-C again to stop at once without saving.' : 'Stopped at once.',
    );
    if (goesOn && signal === 'SIGTERM') grace.begin();
  });
  try {
    const summary = await train(options, {
      progress,
      interrupt,
      nowMs,
      startedAt: new Date(),
      folderUse,
      trainerVersion,
      ranks: watched.ranks,
    });
    if (!('folder' in summary)) return summary.interrupted ? EXIT_CODES.interrupted : 0; // rank 0 reports
    const { position, ...rest } = summary;
    progress.event({ event: 'finished', ...rest, step: position.step });
    progress.summary(trainingReport(summary, folder));
    return summary.interrupted ? EXIT_CODES.interrupted : 0;
  } finally {
    interrupt.dispose();
    grace.dispose();
    watched.dispose();
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

/** The plan of all ranks, made by rank 0. A rank that was started by another command, or with other programs, is an error. */
async function planTogether({ flags, switches }: Typed, { ranks, folder, trainerVersion, progress }: Session): Promise<RunPlan> {
  const typed = { ...flags, ...readSwitches(switches) };
  const plan = async () => {
    const { options, folderUse } = sharedPlan(await planRun(typed, folder), ranks);
    assertAddressSpace('train');
    return { options: await withNamedBackend(options, progress.note), folderUse };
  };
  if (ranks.size === 1) return plan();
  const { assertAlike, onFirstRank } = await import('@cmcgan/training/node');
  await assertAlike(ranks, {
    'version of the trainer': trainerVersion,
    'version of Node': process.version,
    'command line': JSON.stringify(typed),
  });
  return onFirstRank(ranks, plan);
}

/** Trains, or with --dry-run estimates what training would take, from the flags as typed. Resolves to the process's exit code. */
export async function trainCommand(typed: Typed, dependencies: ProgramDependencies): Promise<number> {
  const ranks = await connectRanks();
  const { switches } = typed;
  const progress = ranks.rank === 0 ? createProgress(process.stdout, nowMs, progressStyle(switches)) : SILENT_PROGRESS;
  const session = { ...dependencies, progress, ranks };
  return runRank(ranks, async () => {
    try {
      if (switches.has('dryRun') && typed.flags.resume !== undefined) {
        throw usageError('--dry-run conflicts with --resume; leave one of them out');
      }
      const plan = await planTogether(typed, session);
      if (!switches.has('dryRun')) return await runTraining(plan, session);
      return ranks.rank > 0 ? 0 : await runDry(plan, progress, { ...dependencies, json: switches.has('json') });
    } catch (error) {
      progress.event({ event: 'error', message: describeError(error, REMEDIES) });
      throw error;
    }
  });
}
