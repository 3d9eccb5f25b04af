import { EXIT_CODES } from '../errors/user-error';
import { planRun } from '../options/plan-run';
import type { TypedFlags } from '../options/read-flags';
import { createProgress } from '../progress/create-progress';
import { listenForInterrupt } from '../training/interrupt';
import { trainingReport } from './training-report';

/** Runs a training from the flags as typed. Resolves to the process's exit code. */
export async function trainCommand(flags: TypedFlags, surroundings: { folder: string; trainerVersion: string }): Promise<number> {
  const { options, folderUse } = await planRun(flags, surroundings.folder);
  const { train } = await import('../training/train'); // heavy: a mistyped flag is answered before
  const nowMs = () => performance.now();
  const progress = createProgress(process.stdout, nowMs);
  const interrupt = listenForInterrupt(process, (goesOn) =>
    progress.note(
      goesOn ? 'Stopping after this step and saving; press Ctrl-C again to stop at once without saving.' : 'Stopped at once.',
    ),
  );
  try {
    const { trainerVersion } = surroundings;
    const summary = await train(options, { progress, interrupt, nowMs, startedAt: new Date(), folderUse, trainerVersion });
    progress.note(trainingReport(summary, surroundings.folder));
    return summary.interrupted ? EXIT_CODES.interrupted : 0;
  } finally {
    interrupt.dispose();
  }
}
