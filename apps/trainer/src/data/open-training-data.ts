import { openDataset, tolerateUnreadable, type Dataset, type UnreadablePairs } from '@cmcgan/sub-urmp';
import { readGroundTruth, simulateDataset } from '@cmcgan/sub-urmp/simulator';
import type { TrainerOptions } from '../options/trainer-options';
import { describeError, UserError } from '@cmcgan/command-line';
import { REMEDIES } from '../options/remedies';
import type { Progress } from '../progress/progress';

/** The pairs of a run. */
export interface TrainingData {
  readonly dataset: Dataset;
  readonly simulated: boolean;
  /** Pairs whose files have become unreadable since. */
  readonly unreadable: UnreadablePairs;
}

type DataOptions = Pick<TrainerOptions, 'seed' | 'data'> & {
  /** The dB that a sound's -1 and 1 are to stand for; left out: the range of the training sounds. */
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

/** Whether a simulation was finished there: its ground truth is written last. */
async function isSimulated(folder: string): Promise<boolean> {
  return readGroundTruth(folder).then(
    () => true,
    () => false,
  );
}

/** Where musicians are simulated when no data is given, and whether the run continues: those that are there are the right ones then. */
export interface SimulatedFolder {
  readonly path: string;
  readonly resumed: boolean;
}

/** The data set; where a resumed run can't open it, the way on is added to what is wrong. */
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
    throw new UserError(`${describeError(error, REMEDIES)}; if the data have moved, say where to: --data <folder>`, undefined, {
      cause: error,
    });
  }
}

/** Opens --data; without one, simulates musicians first and says so. */
export async function openTrainingData(
  options: DataOptions,
  { path: simulatedFolder, resumed }: SimulatedFolder,
  progress: Progress,
): Promise<TrainingData> {
  const simulated = options.data.folder === null;
  if (simulated && !(resumed && (await isSimulated(simulatedFolder)))) await simulate(simulatedFolder, options, progress);
  const dataset = await open(options.data.folder ?? simulatedFolder, options, { resumed: resumed && !simulated, progress });
  const unreadable = tolerateUnreadable({
    maxShare: options.data.unreadableShare,
    onUnreadable: ({ pair, message }) => progress.note(`warning: ${pair.id} is left out from now on: ${message}`),
  });
  return { dataset, simulated, unreadable };
}

/** Updates in one epoch: whole batches of whole passes; what is left over comes in another epoch's shuffle. */
export function stepsPerEpoch(pairCount: number, { batchSize, accumulate }: { batchSize: number; accumulate: number }): number {
  return Math.floor(Math.floor(pairCount / batchSize) / accumulate);
}
