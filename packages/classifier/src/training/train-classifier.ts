import { seededUniform } from '@cmcgan/random';
import { createStatisticsCollector, type Modality } from '@cmcgan/model';
import { createAdam } from '@cmcgan/tfjs-kernels';
import type { Optimizer } from '@cmcgan/tfjs-kernels';
import { dispose, tidy, variableGrads } from '@tensorflow/tfjs-core';
import type { Variable } from '@tensorflow/tfjs-core';
import type { Classifier } from '../classifier';
import { augment, LIGHT_AUGMENTATION } from './augment';
import type { Augmentation } from './augment';
import { createBestWeights } from './best-weights';
import { crossEntropy } from './cross-entropy';
import type { LabelledData, LabelledPair } from './labelled-data';
import { planBatches } from './plan-batches';
import { loadSampleBatch } from './sample-batch';
import type { SampleChange } from './sample-batch';
import { classIdTensor, scorePairs } from './score-pairs';
import type { PairScore } from './score-pairs';

/** The progress of training. */
export interface ClassifierProgress {
  /** From 1. */
  step: number;
  steps: number;
  /** Cross-entropy of this step's batch. */
  loss: number;
}

/** How a classifier is trained. */
export interface ClassifierSchedule {
  /** Of the order of pairs and of the augmentation; the weights' seed is the classifier's own. */
  seed: number;
  steps?: number;
  batchSize?: number;
  /** Of Adam at the first step; it falls to 0 at the last along half a cosine. */
  learningRate?: number;
  /** null: samples as they are. */
  augmentation?: Readonly<Record<Modality, Augmentation>> | null;
  /** With held pairs: they are scored every so many steps, */
  scoreEvery?: number;
  /** and training ends when so many scores in a row have not been better. */
  patience?: number;
}

/** The schedule as it was used. */
export type ResolvedSchedule = Required<ClassifierSchedule>;

export interface TrainClassifierOptions<P extends LabelledPair> extends ClassifierSchedule {
  data: LabelledData<P>;
  /** What is trained on. */
  pairs: readonly P[];
  /** A part of the training data that is not trained on: the weights with the lowest loss on it are kept. Empty: the last ones are. */
  heldPairs?: readonly P[];
  /** Called after each step; training waits for it, and ends with any error it throws. */
  onProgress?: (progress: ClassifierProgress) => void | Promise<void>;
}

export interface TrainClassifierResult {
  /** Steps taken. */
  steps: number;
  /** The step whose weights were kept. */
  keptStep: number;
  /** On the held pairs; null without any. */
  held: PairScore | null;
  schedule: ResolvedSchedule;
}

/** Trains on real pairs with cross-entropy and Adam. The same seed gives the same weights on the same backend. */
export async function trainClassifier<P extends LabelledPair>(
  classifier: Classifier,
  options: TrainClassifierOptions<P>,
): Promise<TrainClassifierResult> {
  const { data, pairs, heldPairs = [], onProgress = () => {} } = options;
  const schedule = resolveSchedule(options);
  const { steps, seed, batchSize, learningRate, scoreEvery, patience } = schedule;
  assertPairs(classifier, data, pairs);
  const adam = createAdam({ variables: classifier.variables, learningRate });
  const best = createBestWeights(Object.values(classifier.tensors()));
  const batches = planBatches(pairs.length, { batchSize, seed });
  try {
    let step = 0;
    while (step < steps && best.scoresSince < patience) {
      const chosen = (batches.next().value as number[]).map((index) => pairs[index]);
      adam.learningRate = learningRate * 0.5 * (1 + Math.cos((Math.PI * step) / steps));
      step++;
      const loss = await trainStep(classifier, adam, { data, chosen, change: changeOf(schedule, step) });
      if (!Number.isFinite(loss))
        throw new Error(`trainClassifier: the loss is ${loss} at step ${step}; try a lower learningRate`);
      await onProgress({ step, steps, loss });
      if (heldPairs.length === 0 || (step % scoreEvery !== 0 && step !== steps)) continue;
      best.offer(step, await scorePairs(classifier, data, heldPairs));
    }
    const kept = best.restore();
    return { steps: step, keptStep: kept?.step ?? step, held: kept?.score ?? null, schedule };
  } finally {
    adam.dispose();
    best.dispose();
  }
}

function resolveSchedule(options: ClassifierSchedule): ResolvedSchedule {
  const { seed, steps = 500, batchSize = 16, learningRate = 1e-3, augmentation = LIGHT_AUGMENTATION } = options;
  const { scoreEvery = 50, patience = 5 } = options;
  for (const [name, value] of Object.entries({ steps, batchSize, scoreEvery, patience })) {
    if (!Number.isInteger(value) || value < 1) {
      throw new Error(`trainClassifier: ${name} must be a whole number of at least 1, got ${value}`);
    }
  }
  return { seed, steps, batchSize, learningRate, augmentation, scoreEvery, patience };
}

function assertPairs({ config }: Classifier, data: LabelledData, pairs: readonly LabelledPair[]): void {
  if (pairs.length < 2) throw new Error(`trainClassifier: pairs must be at least 2, got ${pairs.length}`);
  if (config.classNames.join() !== data.classNames.join()) {
    throw new Error(
      `trainClassifier: data must have the classes ${config.classNames.join(', ')}, got ${data.classNames.join(', ')}`,
    );
  }
}

/** The augmentation of one step: what it draws depends on seed and step alone. */
function changeOf({ augmentation, seed }: ResolvedSchedule, step: number): SampleChange {
  if (augmentation === null) return (values) => values;
  const uniform = seededUniform(seed, `augmentation of step ${step}`);
  return (values, modality) => augment(values, { modality, augmentation: augmentation[modality], uniform });
}

interface StepInput<P extends LabelledPair> {
  data: LabelledData<P>;
  chosen: readonly P[];
  change: SampleChange;
}

/** One update; gives the loss before it. */
async function trainStep<P extends LabelledPair>(
  classifier: Classifier,
  adam: Optimizer,
  { data, chosen, change }: StepInput<P>,
) {
  const samples = await loadSampleBatch(data, chosen, { modality: classifier.config.modality, change });
  const collector = createStatisticsCollector();
  const loss = tidy(() => {
    const classIds = classIdTensor(chosen);
    const forward = () => {
      const logits = classifier.logits(samples, { statistics: 'batch', onStatistics: collector.collect });
      return crossEntropy(logits, classIds);
    };
    const { value, grads } = variableGrads(forward, classifier.variables as Variable[]);
    adam.step(classifier.variables.map(({ name }) => grads[name]));
    collector.apply();
    return value;
  });
  const value = (await loss.data())[0];
  dispose([loss, samples as never]);
  return value;
}
