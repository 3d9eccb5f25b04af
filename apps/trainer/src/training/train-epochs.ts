import { existsSync } from 'node:fs';
import { describeError, UserError } from '@cmcgan/command-line';
import { REMEDIES } from '../options/remedies';
import { writeRunEnding, type RunEnding } from '../run/run-ending';
import { describeEnding, describeFailure } from './describe-ending';
import { observeCheckpoint, observeEpoch, observeFinish, observeStart } from './observe-run';
import type { RunContext } from './run-context';
import type { RunPosition } from './run-position';
import { lastCheckpoint, saveRun } from './save-run';
import { isComplete, trainEpoch } from './train-epoch';

/**
 * Epoch after epoch: train, look, save; until the run is complete or interrupted. `position` moves on from where it is. Resolves to why
 * the run ended, which ending.json says from then on.
 */
export async function trainEpochs(run: RunContext, position: RunPosition): Promise<RunEnding> {
  try {
    await observeStart(run, position);
    while (!isComplete(run, position) && !run.interrupt.requested) {
      await trainEpoch(run, position);
      await lookAndSave(run, position);
    }
  } catch (error) {
    await writeEnding(run, { ...describeFailure(run, position, error), step: position.step });
    await observeFinish(run, position, 'failed');
    throw new UserError(`${describeError(error, REMEDIES)}; ${whatRemains(run)}`, undefined, { cause: error });
  } finally {
    await run.log.close();
  }
  const ending = await writeEnding(run, { ...describeEnding(run, position), step: position.step });
  await observeFinish(run, position, run.interrupt.requested ? 'interrupted' : 'complete');
  return ending;
}

/** Writes why the run ended, before the observers that tell of it. What keeps it from being written is a note: all else is saved. */
async function writeEnding(run: RunContext, reason: Omit<RunEnding, 'at'>): Promise<RunEnding> {
  const ending = { ...reason, at: new Date().toISOString() };
  try {
    await writeRunEnding(run.folder.ending, ending);
  } catch (error) {
    run.progress.note(`warning: why the run ended could not be written: ${describeError(error)}`);
  }
  return ending;
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
