import { trainingBatches } from '@cmcgan/training';
import { observeCheckpoint } from './observe-run';
import type { RunContext } from './run-context';
import type { RunPosition } from './run-position';
import { saveRun } from './save-run';
import { trainStep } from './train-step';

/** Whether the run has taken all its steps, or all its time, or is to end before. */
export function isComplete(run: RunContext, { step }: Readonly<RunPosition>): boolean {
  return step >= run.totalSteps || run.nowMs() >= run.endMs || run.stopReason !== null;
}

/** Trains from where the epoch was left to its end, or until the run is complete or interrupted; saves now and then in between. */
export async function trainEpoch(run: RunContext, position: RunPosition): Promise<void> {
  const { batchSize, accumulate, seed } = run.options;
  const place = { epoch: position.epoch + 1, firstGroup: position.epochStep, unreadable: run.unreadable };
  for await (const group of trainingBatches(run.dataset, { batchSize, accumulate, seed, ...place })) {
    await trainStep(run, position, group);
    if (position.epochStep === run.stepsPerEpoch || isComplete(run, position) || run.interrupt.requested) break;
    if (!run.checkpointTimer.due) continue;
    await saveRun(run, position);
    await observeCheckpoint(run, position);
  }
  if (position.epochStep < run.stepsPerEpoch) return;
  position.epoch++;
  position.epochStep = 0;
}
