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
  /** Counted from 1. */
  step: number;
  steps: number;
  /** Cross-entropy of this step's batch. */
  loss: number;
}

/** The training schedule of a classifier. */
export interface ClassifierSchedule {
  /** Seed of the order of pairs and of the augmentation; the weights have the classifier's own seed. */
  seed: number;
  steps?: number;
  batchSize?: number;
  /** Adam's learning rate at the first step; it decays to 0 at the last step along half a cosine. */
  learningRate?: number;
  /** Augmentation by modality; null for none. */
  augmentation?: Readonly<Record<Modality, Augmentation>> | null;
  /** Number of steps between scores on the held-out pairs. */
  scoreEvery?: number;
  /** Training stops after so many scores on the held-out pairs in a row without improvement. */
  patience?: number;
}

/** The schedule with its defaults. */
export type ResolvedSchedule = Required<ClassifierSchedule>;

export interface TrainClassifierOptions<P extends LabelledPair> extends ClassifierSchedule {
  data: LabelledData<P>;
  /** The training pairs. */
  pairs: readonly P[];
  /** Pairs held out from the training data: the weights with the lowest loss on them are kept. If there are none, the last weights are. */
  heldPairs?: readonly P[];
  /** Called after each step; training waits for it, and fails with any error that it throws. */
  onProgress?: (progress: ClassifierProgress) => void | Promise<void>;
}

export interface TrainClassifierResult {
  /** Number of training steps. */
  steps: number;
  /** The step whose weights were kept. */
  keptStep: number;
  /** Score on the held-out pairs; null if there are none. */
  held: PairScore | null;
  schedule: ResolvedSchedule;
}

/** Trains a classifier on real pairs with cross-entropy and Adam. The same seed gives the same weights on the same backend. */
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
      adam.learningRate = cosineRate(schedule, step);
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

/** The schedule with its defaults. @throws if a count is not a whole number of at least 1 */
export function resolveSchedule(options: ClassifierSchedule): ResolvedSchedule {
  const { seed, steps = 500, batchSize = 16, learningRate = 1e-3, augmentation = LIGHT_AUGMENTATION } = options;
  const { scoreEvery = 50, patience = 5 } = options;
  for (const [name, value] of Object.entries({ steps, batchSize, scoreEvery, patience })) {
    if (!Number.isInteger(value) || value < 1) {
      throw new Error(`trainClassifier: ${name} must be a whole number of at least 1, got ${value}`);
    }
  }
  return { seed, steps, batchSize, learningRate, augmentation, scoreEvery, patience };
}

/** The learning rate after so many steps: from the schedule's to 0 along half a cosine. */
export function cosineRate({ learningRate, steps }: ResolvedSchedule, stepsDone: number): number {
  return learningRate * 0.5 * (1 + Math.cos((Math.PI * stepsDone) / steps));
}

function assertPairs({ config }: Classifier, data: LabelledData, pairs: readonly LabelledPair[]): void {
  if (pairs.length < 2) throw new Error(`trainClassifier: pairs must be at least 2, got ${pairs.length}`);
  if (config.classNames.join() !== data.classNames.join()) {
    throw new Error(
      `trainClassifier: data must have the classes ${config.classNames.join(', ')}, got ${data.classNames.join(', ')}`,
    );
  }
}

/** The augmentation of one step, whose random draws depend on seed and step alone. */
export function changeOf({ augmentation, seed }: ResolvedSchedule, step: number): SampleChange {
  if (augmentation === null) return (values) => values;
  const uniform = seededUniform(seed, `augmentation of step ${step}`);
  return (values, modality) => augment(values, { modality, augmentation: augmentation[modality], uniform });
}

interface StepInput<P extends LabelledPair> {
  data: LabelledData<P>;
  chosen: readonly P[];
  change: SampleChange;
}

/** Performs one update; returns the loss before it. */
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
