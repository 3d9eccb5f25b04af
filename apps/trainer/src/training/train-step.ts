import { setImmediate } from 'node:timers/promises';
import type { Batch } from '@cmcgan/sub-urmp';
import { augmentBatches, withTensors } from '@cmcgan/training';
import { assertNotDiverged } from './assert-not-diverged';
import { observeStep } from './observe-run';
import type { RunContext, RunPosition } from './run-context';

/** Takes one training step over the batches, writes it to the log and shows it. Throws when a loss is not a number any more. */
export async function trainStep(run: RunContext, position: RunPosition, group: readonly Batch[]): Promise<void> {
  const { options, trainee, rate, totalSteps } = run;
  const pairs = options.batchSize * options.accumulate;
  const startMs = run.nowMs();
  const { step } = position;
  const varied = augmentBatches(group, { ...options, step, decibelRange: run.dataset.decibelRange });
  const planned = { step, plannedSteps: options.epochs * run.stepsPerEpoch };
  const losses = await withTensors(varied, (tensors) => trainee.step.run(tensors, trainee.latentRandom, planned));
  const stepMs = run.nowMs() - startMs;
  position.step++;
  position.epochStep++;
  position.trainedMs = run.nowMs() - run.startMs;
  const epoch = position.epoch + 1;
  rate.add({ pairs, stepMs });
  const { pairsPerSecond } = rate;
  const record = { step: position.step, epoch, losses, stepMs, pairsPerSecond, residentBytes: process.memoryUsage.rss() };
  await run.log.write(record);
  await assertNotDiverged(run, record, group);
  run.progress.step({
    ...record,
    losses: { ...losses },
    totalSteps,
    epochs: options.epochs,
    stepsPerSecond: pairsPerSecond / pairs,
    secondsLeft: Math.min(rate.secondsLeft(totalSteps - position.step), Math.max(0, run.endMs - run.nowMs()) / 1000),
  });
  await observeStep(run, position, record);
  await setImmediate(); // lets signals in, and data that has been read meanwhile
}
