import {
  openDataset,
  readGroundTruth,
  simulateDataset,
  tolerateUnreadable,
  type Dataset,
  type UnreadablePairs,
} from '@cmcgan/sub-urmp';
import type { TrainerOptions } from '../options/trainer-options';
import { UserError } from '@cmcgan/command-line';
import type { Progress } from '../progress/progress';

/** The pairs of a run. */
export interface TrainingData {
  readonly dataset: Dataset;
  readonly simulated: boolean;
  /** Pairs whose files have become unreadable since. */
  readonly unreadable: UnreadablePairs;
}

type DataOptions = Pick<
  TrainerOptions,
  | 'data'
  | 'seed'
  | 'batchSize'
  | 'accumulate'
  | 'simulatedPairsPerClass'
  | 'simulatedValidationPairsPerClass'
  | 'unreadableShare'
  | 'dataMemoryMiB'
>;

async function simulate(folder: string, options: DataOptions, progress: Progress): Promise<void> {
  progress.note(`No --data given: simulating musicians (seed ${options.seed}) in ${folder}`);
  await simulateDataset(folder, {
    seed: options.seed,
    pairsPerClass: options.simulatedPairsPerClass,
    validationPairsPerClass: options.simulatedValidationPairsPerClass,
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

/** Where musicians are simulated when no data is given, and whether those that are there already are the right ones. */
export interface SimulatedFolder {
  readonly path: string;
  readonly reuse: boolean;
}

/** Opens --data; without one, simulates musicians first and says so. */
export async function openTrainingData(
  options: DataOptions,
  { path: simulatedFolder, reuse }: SimulatedFolder,
  progress: Progress,
): Promise<TrainingData> {
  const simulated = options.data === null;
  if (simulated && !(reuse && (await isSimulated(simulatedFolder)))) await simulate(simulatedFolder, options, progress);
  const dataset = await openDataset(options.data ?? simulatedFolder, {
    onProgress: ({ done, total }) => progress.status(`reading data ${done}/${total}`),
    memoryBytes: options.dataMemoryMiB * 2 ** 20,
    onWarning: (warning) => progress.note(`warning: ${warning}`),
  });
  assertEnoughPairs(dataset, options);
  const unreadable = tolerateUnreadable({
    maxShare: options.unreadableShare,
    onUnreadable: ({ pair, message }) => progress.note(`warning: ${pair.id} is left out from now on: ${message}`),
  });
  return { dataset, simulated, unreadable };
}

/** Updates in one epoch: whole batches of whole passes; what is left over comes in another epoch's shuffle. */
export function stepsPerEpoch(pairCount: number, { batchSize, accumulate }: { batchSize: number; accumulate: number }): number {
  return Math.floor(Math.floor(pairCount / batchSize) / accumulate);
}

function assertEnoughPairs({ folder, splits }: Dataset, options: DataOptions): void {
  const count = splits.train.length;
  if (stepsPerEpoch(count, options) > 0) return;
  const { batchSize, accumulate } = options;
  const update = accumulate > 1 ? `--batch-size ${batchSize} × --accumulate ${accumulate}` : `--batch-size ${batchSize}`;
  throw new UserError(`${folder} has ${count} training pairs, too few for one update of ${update}; take a smaller --batch-size`);
}
