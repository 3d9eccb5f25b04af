import { setImmediate } from 'node:timers/promises';
import type { Batch } from '@cmcgan/sub-urmp';
import { withTensors } from '../data/training-batches';
import type { StepLosses } from '../step/training-step';
import { assertFiniteLosses } from './assert-finite-losses';
import { observeStep } from './observe-run';
import type { RunContext, RunPosition } from './run-context';

/** The losses that the progress line shows, by the names it shows. */
function shownLosses({ discriminator, generator }: StepLosses): Record<string, number> {
  return { D: discriminator.total, G: generator.adversarial, L1: generator.consistency };
}

/** Takes one training step over the batches, writes it to the log and shows it. Throws when a loss is not a number any more. */
export async function trainStep(run: RunContext, position: RunPosition, group: readonly Batch[]): Promise<void> {
  const { options, trainee, rate, stepsPerEpoch, totalSteps } = run;
  const startMs = run.nowMs();
  const losses = await withTensors(group, (tensors) => trainee.step.run(tensors, trainee.latentRandom));
  const stepMs = run.nowMs() - startMs;
  position.step++;
  position.epochStep++;
  position.trainedMs = run.nowMs() - run.startMs;
  const epoch = position.epoch + 1;
  rate.add({ pairs: options.batchSize * options.accumulate, stepMs });
  const { pairsPerSecond } = rate;
  const record = { step: position.step, epoch, losses, stepMs, pairsPerSecond, residentBytes: process.memoryUsage.rss() };
  await run.log.write(record);
  assertFiniteLosses(losses, position.step);
  run.progress.step({
    epoch,
    epochs: options.epochs,
    epochStep: position.epochStep,
    stepsPerEpoch,
    losses: shownLosses(losses),
    pairsPerSecond,
    secondsLeft: Math.min(rate.secondsLeft(totalSteps - position.step), Math.max(0, run.endMs - run.nowMs()) / 1000),
  });
  await observeStep(run, position, record);
  await setImmediate(); // lets signals in, and data that has been read meanwhile
}
