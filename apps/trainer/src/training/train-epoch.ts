import { trainingBatches } from '../data/training-batches';
import type { RunContext, RunPosition } from './run-context';
import { trainStep } from './train-step';

/** Whether the run has taken all its steps, or all its time. */
export function isComplete({ totalSteps, endMs, nowMs }: RunContext, { step }: RunPosition): boolean {
  return step >= totalSteps || nowMs() >= endMs;
}

/** Trains to the end of the epoch, or until the run is complete or interrupted. */
export async function trainEpoch(run: RunContext, position: RunPosition): Promise<void> {
  const { batchSize, accumulate, seed } = run.options;
  for await (const group of trainingBatches(run.dataset, { batchSize, accumulate, seed, epoch: position.epoch + 1 })) {
    await trainStep(run, position, group);
    if (isComplete(run, position) || run.interrupt.requested) break;
  }
  if (position.epochStep < run.stepsPerEpoch) return;
  position.epoch++;
  position.epochStep = 0;
}
