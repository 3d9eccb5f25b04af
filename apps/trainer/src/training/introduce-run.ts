import type { CrossModalModel } from '@cmcgan/model';
import type { RunPosition } from '@cmcgan/training/node';
import { stepsPerEpoch } from '../data/open-training-data';
import { formatDuration } from '../progress/format-step';
import type { Run } from './run';

const count = (number: number, name: string) => `${number} ${name}${number === 1 ? '' : 's'}`;

interface Introduced {
  readonly simulated: boolean;
  readonly backend: { readonly description: string };
  readonly model: Pick<CrossModalModel, 'parameterCounts'>;
  readonly position: Readonly<RunPosition>;
}

/** Prints a few lines before the first step: the data, the networks, the backend, the run folder, and the position of a resumed run. */
export function introduceRun(
  { options, dataset, folder, progress }: Pick<Run, 'options' | 'dataset' | 'folder' | 'progress'>,
  { simulated, backend, model, position }: Introduced,
): void {
  const { train, validation } = dataset.splits;
  const steps = stepsPerEpoch(train.length, options);
  const totalSteps = Math.min(options.epochs * steps, options.maxSteps ?? Infinity);
  const complete = position.step >= totalSteps || position.trainedMs >= (options.maxMinutes ?? Infinity) * 60_000;
  const millions = (model.parameterCounts().total / 1e6).toFixed(1);
  progress.note(
    `Data: ${train.length} training and ${validation.length} validation pairs of ${dataset.classNames.length} instruments` +
      `${simulated ? ' (simulated)' : ''} in ${dataset.folder}`,
  );
  progress.note(
    `Training ${options.variant}, width ${options.model.width} (${millions} million weights), ${count(totalSteps, 'step')} of ` +
      `${options.batchSize * options.accumulate} pairs${options.maxMinutes === null ? '' : `, at most ${options.maxMinutes} minutes,`} ` +
      `on ${backend.description}, into ${folder.path}`,
  );
  if (complete) {
    const done = `Nothing left to do: the run has taken ${count(position.step, 'step')} in ${formatDuration(position.trainedMs / 1000)}`;
    progress.note(`${done}. To train on, raise what ends it: --epochs, --max-steps or --max-minutes.`);
  } else if (position.step > 0) {
    const { step, epoch, epochStep } = position;
    progress.note(`Resuming after step ${step}: epoch ${epoch + 1} of ${options.epochs}, step ${epochStep} of ${steps}`);
  }
}
