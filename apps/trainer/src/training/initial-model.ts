import type { ChenGan, Cmcgan } from '@cmcgan/model';
import { loadModel } from '@cmcgan/model/node';
import type { Dataset } from '@cmcgan/sub-urmp';
import { copyTensors } from '@cmcgan/training';
import type { TrainingData } from '../data/open-training-data';
import type { Progress } from '../progress/progress';

type Range = Dataset['decibelRange'];

/**
 * Copies the weights and averages of the --init-from model into a new run's networks. An auxiliary classifier of other classes is learnt anew.
 */
export async function takeInitialWeights(path: string, model: Cmcgan | ChenGan): Promise<void> {
  const initial = await loadModel(path);
  const [given, own] = [initial.tensors(), Object.entries(model.tensors())];
  const classesOf = ({ architecture, config }: Cmcgan | ChenGan) => (architecture === 'cmcgan' ? (config.classes ?? 0) : 0);
  const taken = classesOf(initial) === classesOf(model) ? own : own.filter(([name]) => !name.startsWith('discriminator.class'));
  copyTensors(given, Object.fromEntries(taken));
  initial.dispose();
}

/** The dB range that the model at a path was trained with; undefined if its files don't record it. */
export async function rangeOfModel(path: string): Promise<Range | undefined> {
  const { config, ...model } = await loadModel(path);
  model.dispose();
  return config.decibelRange;
}

const inWords = ({ floorDb, ceilingDb }: Range) => `${floorDb.toFixed(1)} to ${ceilingDb.toFixed(1)} dB`;

/**
 * Opens the data in the dB range of the model that the run starts from, so that its networks hear the same levels as before.
 *
 * @param open opens the data in the given range, by default in their own
 */
export async function openInRange(
  open: (decibelRange?: Range) => Promise<TrainingData>,
  { range, progress }: { range: Range | undefined; progress: Progress },
): Promise<TrainingData> {
  const opened = await open();
  const own = opened.dataset.decibelRange;
  if (range === undefined || (own.floorDb === range.floorDb && own.ceilingDb === range.ceilingDb)) return opened;
  progress.note(
    `warning: the --init-from model was trained on sounds of ${inWords(range)}, and these have ${inWords(own)}; ` +
      "the model's range is kept, and levels outside it are clipped",
  );
  return open(range);
}
