import { openDataset, tolerateUnreadable, type Dataset, type UnreadablePairs } from '@cmcgan/sub-urmp';
import { isSimulated, simulateDataset } from '@cmcgan/sub-urmp/simulator';
import type { TrainerOptions } from '../options/trainer-options';
import { describeError, UserError } from '@cmcgan/command-line';
import { REMEDIES } from '../options/remedies';
import type { Progress } from '../progress/progress';

/** The pairs of a run. */
export interface TrainingData {
  readonly dataset: Dataset;
  /** Whether the musicians are simulated, by this run or before it. */
  readonly simulated: boolean;
  /** Pairs whose files have become unreadable since the data were opened. */
  readonly unreadable: UnreadablePairs;
}

type DataOptions = Pick<TrainerOptions, 'seed' | 'data'> & {
  /** The dB that a sound's -1 and 1 stand for; left out: the range of the training sounds. */
  readonly decibelRange?: Dataset['decibelRange'];
};

async function simulate(folder: string, options: DataOptions, progress: Progress): Promise<void> {
  progress.note(`No --data given: simulating musicians (seed ${options.seed}) in ${folder}`);
  await simulateDataset(folder, {
    seed: options.seed,
    ...options.data.simulated,
    onProgress: ({ done, total }) => progress.status(`simulating ${done}/${total} pairs`),
  });
}

/** Where musicians are simulated if no data are given, and whether the run is resumed and can use those already there. */
export interface SimulatedFolder {
  readonly path: string;
  readonly resumed: boolean;
}

/** Opens the data set. If a resumed run can't, the error also says how to give its new location. */
async function open(folder: string, options: DataOptions, { resumed, progress }: { resumed: boolean; progress: Progress }) {
  const { onBroken, cacheFolder, memoryMiB } = options.data;
  try {
    return await openDataset(folder, {
      onProgress: ({ done, total }) => progress.status(`reading data ${done}/${total}`),
      decibelRange: options.decibelRange,
      memoryBytes: memoryMiB * 2 ** 20,
      ...(cacheFolder === null ? {} : { cacheFolder }),
      onBroken,
      onWarning: (warning: string, cause?: Error) =>
        progress.note(`warning: ${cause === undefined ? warning : describeError(cause, REMEDIES)}`),
    });
  } catch (error) {
    if (!resumed) throw error;
    throw new UserError(
      `${describeError(error, REMEDIES)}; if the data have moved, give their new location: --data <folder>`,
      undefined,
      {
        cause: error,
      },
    );
  }
}

/** Opens the data in --data. Without it, notes that musicians are simulated and simulates them first. */
export async function openTrainingData(
  options: DataOptions,
  { path: simulatedFolder, resumed }: SimulatedFolder,
  progress: Progress,
): Promise<TrainingData> {
  const given = options.data.folder;
  if (given === null && !(resumed && (await isSimulated(simulatedFolder)))) await simulate(simulatedFolder, options, progress);
  const folder = given ?? simulatedFolder;
  const dataset = await open(folder, options, { resumed: resumed && given !== null, progress });
  const unreadable = tolerateUnreadable({
    maxShare: options.data.unreadableShare,
    onUnreadable: ({ pair, message }) => progress.note(`warning: ${pair.id} is left out from now on: ${message}`),
  });
  return { dataset, simulated: given === null || (await isSimulated(given)), unreadable };
}

/** Updates per epoch: whole groups of `accumulate` whole batches. Which pairs are left over changes with each epoch's shuffle. */
export function stepsPerEpoch(pairCount: number, { batchSize, accumulate }: { batchSize: number; accumulate: number }): number {
  return Math.floor(Math.floor(pairCount / batchSize) / accumulate);
}
