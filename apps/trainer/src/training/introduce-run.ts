import type { TrainingData } from '../data/open-training-data';
import { formatDuration } from '../progress/format-step';
import type { RunContext } from './run-context';
import type { RunPosition } from './run-position';
import { isComplete } from './train-epoch';

const count = (number: number, name: string) => `${number} ${name}${number === 1 ? '' : 's'}`;

/** A few lines before the first step: what learns from what, on what, from where on, and where it goes. */
export function introduceRun(
  run: RunContext,
  { data, backend, position }: { data: TrainingData; backend: { description: string }; position: Readonly<RunPosition> },
): void {
  const { options, dataset, totalSteps, progress } = run;
  const { train, validation } = dataset.splits;
  const millions = (run.trainee.model.parameterCounts().total / 1e6).toFixed(1);
  progress.note(
    `Data: ${train.length} training and ${validation.length} validation pairs of ${dataset.classNames.length} instruments` +
      `${data.simulated ? ' (simulated)' : ''} in ${dataset.folder}`,
  );
  progress.note(
    `Training ${options.variant}, width ${options.width} (${millions} million weights), ${count(totalSteps, 'step')} of ` +
      `${options.batchSize * options.accumulate} pairs${options.maxMinutes === null ? '' : `, at most ${options.maxMinutes} minutes,`} ` +
      `on ${backend.description}, into ${run.folder.path}`,
  );
  if (isComplete(run, position)) {
    const done = `Nothing left to do: the run has taken ${count(position.step, 'step')} in ${formatDuration(position.trainedMs / 1000)}`;
    progress.note(`${done}. To train on, raise what ends it: --epochs, --max-steps or --max-minutes.`);
  } else if (position.step > 0) {
    const { step, epoch, epochStep } = position;
    progress.note(
      `Going on after step ${step}: epoch ${epoch + 1} of ${options.epochs}, step ${epochStep} of ${run.stepsPerEpoch}`,
    );
  }
}
