import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { CrossModalModel } from '@cmcgan/model';
import type { RunPosition } from '@cmcgan/training/node';
import type { RunningBackend } from '@cmcgan/backends';
import type { TrainingData } from '../data/open-training-data';
import type { ChosenPairs } from '../judging/choose-judged-pairs';
import type { TrainerOptions } from '../options/trainer-options';
import { describeEnvironment } from '../run/environment';
import { readTrainerRun, type TrainerRunConfig } from '../run/trainer-run';

/** The parts of a run that config.json describes. */
export interface DescribedRun {
  readonly data: TrainingData;
  readonly chosenPairs: Pick<ChosenPairs, 'held'>;
  readonly backend: RunningBackend;
  readonly model: CrossModalModel;
  readonly startedAt: Date;
  readonly trainerVersion: string;
}

/** Number of left-out files that are named. */
const FILES_NAMED = 20;

function leftOutOf({ dataset: { leftOut } }: TrainingData): Pick<TrainerRunConfig['data'], 'leftOut'> {
  if (leftOut.length === 0) return {};
  const pairs = new Set(leftOut.map(({ pairId }) => pairId)).size;
  return { leftOut: { pairs, files: leftOut.slice(0, FILES_NAMED).map(({ path }) => path) } };
}

const environmentOf = ({ trainerVersion }: DescribedRun) =>
  describeEnvironment(dirname(fileURLToPath(import.meta.url)), trainerVersion);

/** The content of a new run's config.json. */
export function describeRun(options: TrainerOptions, run: DescribedRun): TrainerRunConfig {
  const { data, backend, model, startedAt } = run;
  const { folder, manifestHash, classNames, decibelRange, splits } = data.dataset;
  const heldPairs = run.chosenPairs.held.length;
  const pairs = { train: splits.train.length + heldPairs, validation: splits.validation.length };
  return {
    options,
    data: { folder, manifestHash, simulated: data.simulated, classNames, pairs, heldPairs, decibelRange, ...leftOutOf(data) },
    backend: backend.description,
    parameters: model.parameterCounts(),
    environment: environmentOf(run),
    startedAt: startedAt.toISOString(),
  };
}

/** The content of a resumed run's config.json: as before, with the current options, and the step and machine of the resumption. */
export async function describeResumedRun(
  options: TrainerOptions,
  run: DescribedRun,
  { path, position }: { path: string; position: Readonly<RunPosition> },
): Promise<TrainerRunConfig> {
  const before = await readTrainerRun(path);
  const { backend, startedAt } = run;
  const resume = {
    at: startedAt.toISOString(),
    step: position.step,
    backend: backend.description,
    environment: environmentOf(run),
  };
  const data = { ...before.data, folder: run.data.dataset.folder };
  return { ...before, options, data, resumes: [...(before.resumes ?? []), resume] };
}
