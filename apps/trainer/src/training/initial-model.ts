import type { ChenGan, Cmcgan } from '@cmcgan/model';
import { loadModel } from '@cmcgan/model/node';
import type { Dataset } from '@cmcgan/sub-urmp';
import { copyTensors } from '@cmcgan/training';
import type { TrainingData } from '../data/open-training-data';
import type { Progress } from '../progress/progress';

type Range = Dataset['decibelRange'];

/** Gives a new run's networks the weights and averages of the model that --init-from names. */
export async function takeInitialWeights(path: string, model: Cmcgan | ChenGan): Promise<void> {
  const initial = await loadModel(path);
  copyTensors(initial.tensors(), model.tensors());
  initial.dispose();
}

/** The dB range that the model at a path was trained with; undefined where its files don't say. */
export async function rangeOfModel(path: string): Promise<Range | undefined> {
  const { config, ...model } = await loadModel(path);
  model.dispose();
  return config.decibelRange;
}

const inWords = ({ floorDb, ceilingDb }: Range) => `${floorDb.toFixed(1)} to ${ceilingDb.toFixed(1)} dB`;

/**
 * The data in the dB range of the model that the run starts from: what its networks take for loud and quiet stays what it was.
 *
 * @param open opens the data; in the range given, else in their own
 */
export async function openInRange(
  open: (decibelRange?: Range) => Promise<TrainingData>,
  { range, progress }: { range: Range | undefined; progress: Progress },
): Promise<TrainingData> {
  const opened = await open();
  const own = opened.dataset.decibelRange;
  if (range === undefined || (own.floorDb === range.floorDb && own.ceilingDb === range.ceilingDb)) return opened;
  progress.note(
    `warning: the model of --init-from was trained on sounds of ${inWords(range)}, these have ${inWords(own)}; ` +
      "the model's range is kept, what lies beyond it is cut off",
  );
  return open(range);
}
