import { existsSync } from 'node:fs';
import { describeError, UserError } from '@cmcgan/command-line';
import { REMEDIES } from '../options/remedies';
import { observeCheckpoint, observeEpoch, observeFinish, observeStart } from './observe-run';
import type { RunContext } from './run-context';
import type { RunPosition } from './run-position';
import { lastCheckpoint, saveRun } from './save-run';
import { isComplete, trainEpoch } from './train-epoch';

/** Epoch after epoch: train, look, save; until the run is complete or interrupted. `position` moves on from where it is. */
export async function trainEpochs(run: RunContext, position: RunPosition): Promise<void> {
  try {
    await observeStart(run, position);
    while (!isComplete(run, position) && !run.interrupt.requested) {
      await trainEpoch(run, position);
      await lookAndSave(run, position);
    }
  } catch (error) {
    await observeFinish(run, position, 'failed');
    throw new UserError(`${describeError(error, REMEDIES)}; ${whatRemains(run)}`, undefined, { cause: error });
  } finally {
    await run.log.close();
  }
  await observeFinish(run, position, run.interrupt.requested ? 'interrupted' : 'complete');
}

/** What observers find out belongs to the checkpoint; what is trained is saved even where one of them fails. */
async function lookAndSave(run: RunContext, position: RunPosition): Promise<void> {
  try {
    if (!run.interrupt.requested) await observeEpoch(run, position);
  } finally {
    position.trainedMs = run.nowMs() - run.startMs;
    await saveRun(run, position);
  }
  await observeCheckpoint(run, position);
}

/** What a run that failed leaves behind, for its last words. */
function whatRemains(run: RunContext): string {
  const checkpoint = lastCheckpoint(run);
  return existsSync(checkpoint) ? `the last good checkpoint is ${checkpoint}` : 'there was no checkpoint yet';
}
