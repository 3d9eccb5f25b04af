import type { RunPosition, StepRecord, StepReport } from '@cmcgan/training/node';
import { assertNotDiverged } from './assert-not-diverged';
import type { RunContext } from './run-context';

/** Writes a step to the log and shows it. Throws when a loss is not a number any more. */
export async function recordStep(
  run: RunContext,
  position: Readonly<RunPosition>,
  { epoch, losses, stepMs, batches }: StepReport,
): Promise<StepRecord> {
  const { options, rate, totalSteps } = run;
  const pairs = options.batchSize * options.accumulate;
  rate.add({ pairs, stepMs });
  const { pairsPerSecond } = rate;
  const { step } = position;
  const record = { step, epoch, losses, stepMs, pairsPerSecond, residentBytes: process.memoryUsage.rss() };
  await run.log.write(record);
  await assertNotDiverged(run, record, batches);
  run.progress.step({
    ...record,
    losses: { ...losses },
    totalSteps,
    epochs: options.epochs,
    stepsPerSecond: pairsPerSecond / pairs,
    secondsLeft: Math.min(rate.secondsLeft(totalSteps - step), run.remainingMs() / 1000),
  });
  return record;
}
