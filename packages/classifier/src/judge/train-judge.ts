import type { Modality } from '@cmcgan/model';
import type { LabelledData, LabelledPair } from '../training/labelled-data';
import type { ClassifierProgress, ClassifierSchedule } from '../training/train-classifier';
import { trainNewClassifier } from '../training/train-new-classifier';
import { createJudge } from './judge';
import type { Judge } from './judge';

/** Enough for a few hundred real pairs, in about a minute on two cores; sounds are harder than pictures. */
export const JUDGE_DEFAULTS = { width: 0.25, steps: { V: 150, A: 800 } } as const;

/** Maximum passes over the pairs; more would only memorise a handful of pairs. */
const MOST_PASSES = 32;
/** Minimum passes over the pairs; fewer would leave most songs of a large data set unseen. */
const LEAST_PASSES: Readonly<Record<Modality, number>> = { V: 0.25, A: 1 };

function defaultSteps(pairCount: number, batchSize = 16): Record<Modality, number> {
  const pass = Math.ceil(pairCount / batchSize);
  const stepsOf = (modality: Modality) =>
    Math.min(Math.max(JUDGE_DEFAULTS.steps[modality], Math.ceil(LEAST_PASSES[modality] * pass)), MOST_PASSES * pass);
  return { V: stepsOf('V'), A: stepsOf('A') };
}

export interface TrainJudgeOptions<P extends LabelledPair> extends Omit<ClassifierSchedule, 'steps'> {
  data: LabelledData<P>;
  /** Real training pairs. */
  pairs: readonly P[];
  /** Pairs held out from the training data to select the weights; see `trainClassifier`. */
  heldPairs?: readonly P[];
  /** Scored at the end and recorded, with no effect on training. */
  validationPairs?: readonly P[];
  width?: number;
  /** Training steps by modality. Default: those of JUDGE_DEFAULTS, but fewer for a handful of pairs and more for very many. */
  steps?: Readonly<Record<Modality, number>>;
  onProgress?: (progress: ClassifierProgress & { modality: Modality }) => void | Promise<void>;
}

/** Trains a judge on real training pairs. The same seed gives the same judge on the same backend. The caller disposes it. */
export async function trainJudge<P extends LabelledPair>(options: TrainJudgeOptions<P>): Promise<Judge> {
  const { width = JUDGE_DEFAULTS.width, onProgress = () => {}, ...rest } = options;
  const { steps = defaultSteps(options.pairs.length, options.batchSize) } = options;
  const train = (modality: Modality) =>
    trainNewClassifier({
      ...rest,
      architecture: { modality, width },
      steps: steps[modality],
      onProgress: (progress) => onProgress({ ...progress, modality }),
    });
  const V = await train('V');
  try {
    return createJudge({ V, A: await train('A') });
  } catch (error) {
    V.classifier.dispose();
    throw error;
  }
}
