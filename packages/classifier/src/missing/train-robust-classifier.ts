import { createStatisticsCollector } from '@cmcgan/model';
import type { Modality } from '@cmcgan/model';
import { createAdam } from '@cmcgan/tfjs-kernels';
import type { Optimizer } from '@cmcgan/tfjs-kernels';
import { add, addN, dispose, mul, tidy, variableGrads } from '@tensorflow/tfjs-core';
import type { Scalar, Tensor2D, Variable } from '@tensorflow/tfjs-core';
import { classifierFromTensors } from '../classifier';
import type { Classifier } from '../classifier';
import type { SampleTensors } from '../samples';
import { tensorValues } from '../tensor-values';
import { crossEntropy } from '../training/cross-entropy';
import type { LabelledPair } from '../training/labelled-data';
import { planBatches } from '../training/plan-batches';
import { loadSampleBatch } from '../training/sample-batch';
import { classIdTensor } from '../training/score-pairs';
import { changeOf, cosineRate, resolveSchedule } from '../training/train-classifier';
import type { TrainClassifierOptions } from '../training/train-classifier';
import type { RobustHead } from './heads';
import { shaspecLikeHead } from './shaspec-like';
import { smilLikeHead } from './smil-like';
import type { TrainingFeatures } from './smil-like';

/** How a classifier copes with a missing modality without generating it: see {@link trainRobustClassifier}. */
export type RobustKind = 'smil-like' | 'shaspec-like';
export const ROBUST_KINDS = ['smil-like', 'shaspec-like'] as const satisfies readonly RobustKind[];

/** A classifier of images, sounds or both, which was trained to do without one of them. */
export interface RobustClassifier {
  readonly kind: RobustKind;
  readonly classNames: readonly string[];
  /** Logits [B, classes] for a batch of images, sounds or both. The caller owns the result. */
  logits(samples: SampleTensors): Tensor2D;
  dispose(): void;
}

export interface TrainRobustOptions<P extends LabelledPair> extends Omit<TrainClassifierOptions<P>, 'heldPairs'> {
  readonly kind: RobustKind;
  /** A trained image classifier and a trained sound classifier, with features of one size: their weights are where training starts. */
  readonly V: Classifier;
  readonly A: Classifier;
}

interface RobustNetwork {
  readonly trunks: Readonly<Record<Modality, Classifier>>;
  readonly head: RobustHead;
  readonly variables: readonly Variable[];
}

/**
 * Trains a classifier for missing modalities that generates nothing, to compare others with: a simplified SMIL or ShaSpec. The trunks start
 * as those of V and A; each batch is classified as it is, without its images and without its sounds, and the loss is the mean
 * cross-entropy. The same seed gives the same weights on the same backend. The caller disposes of the classifier.
 */
export async function trainRobustClassifier<P extends LabelledPair>(options: TrainRobustOptions<P>): Promise<RobustClassifier> {
  const { kind, data, pairs, onProgress = () => {} } = options;
  const schedule = resolveSchedule(options);
  const { steps, seed, batchSize, learningRate } = schedule;
  const network = await buildNetwork(options);
  const adam = createAdam({ variables: network.variables, learningRate });
  const batches = planBatches(pairs.length, { batchSize, seed });
  try {
    for (let step = 1; step <= steps; step++) {
      const chosen = (batches.next().value as number[]).map((index) => pairs[index]);
      adam.learningRate = cosineRate(schedule, step - 1);
      const samples = await loadSampleBatch(data, chosen, { modality: 'VA', change: changeOf(schedule, step) });
      const loss = await trainStep(network, adam, { samples, chosen });
      dispose(samples as never);
      if (!Number.isFinite(loss))
        throw new Error(`trainRobustClassifier: the loss is ${loss} at step ${step}; try a lower learningRate`);
      await onProgress({ step, steps, loss });
    }
  } finally {
    adam.dispose();
  }
  const { trunks, head } = network;
  return {
    kind,
    classNames: data.classNames,
    logits: ({ images, sounds }) =>
      tidy(() =>
        head.logits({ V: images ? trunks.V.features({ images }) : null, A: sounds ? trunks.A.features({ sounds }) : null }),
      ),
    dispose: () => disposeNetwork(network),
  };
}

async function buildNetwork<P extends LabelledPair>(options: TrainRobustOptions<P>): Promise<RobustNetwork> {
  const { kind, V, A, data, pairs, seed } = options;
  const trunks = { V: await copyOf(V), A: await copyOf(A) };
  const source = {
    featureSizes: { V: V.config.featureSize, A: A.config.featureSize },
    ...{ classCount: data.classNames.length, seed },
  };
  const head = kind === 'smil-like' ? smilLikeHead(source, await trainingFeatures(options, pairs)) : shaspecLikeHead(source);
  const variables = [...trunkVariables(trunks.V), ...trunkVariables(trunks.A), ...head.variables];
  return { trunks, head, variables };
}

const copyOf = async (classifier: Classifier) => classifierFromTensors(classifier.config, await tensorValues(classifier));

/** The trainable variables of a classifier before its fully connected layer. */
const trunkVariables = (classifier: Classifier) =>
  Object.entries(classifier.tensors()).flatMap(([name, tensor]) =>
    tensor.trainable && !name.startsWith('output.') ? [tensor] : [],
  );

/** Number of samples at once; affects memory, not the result. */
const BATCH_SIZE = 16;

async function trainingFeatures<P extends LabelledPair>(
  { V, A, data }: Pick<TrainRobustOptions<P>, 'V' | 'A' | 'data'>,
  pairs: readonly P[],
): Promise<TrainingFeatures> {
  const found: Record<Modality, Float32Array[]> = { V: [], A: [] };
  for (let start = 0; start < pairs.length; start += BATCH_SIZE) {
    const samples = await loadSampleBatch(data, pairs.slice(start, start + BATCH_SIZE), { modality: 'VA' });
    for (const [modality, classifier] of Object.entries({ V, A }) as [Modality, Classifier][]) {
      const features = classifier.features(samples);
      const values = await features.data<'float32'>();
      const [count, size] = features.shape;
      for (let i = 0; i < count; i++) found[modality].push(values.slice(i * size, (i + 1) * size));
      features.dispose();
    }
    dispose(samples as never);
  }
  return found;
}

interface StepInput {
  readonly samples: SampleTensors;
  readonly chosen: readonly LabelledPair[];
}

/** Performs one update; returns the loss before it. */
async function trainStep({ trunks, head, variables }: RobustNetwork, adam: Optimizer, { samples, chosen }: StepInput) {
  const collector = createStatisticsCollector();
  const loss = tidy(() => {
    const classIds = classIdTensor(chosen);
    const forward = () => {
      const options = { statistics: 'batch', onStatistics: collector.collect } as const;
      const features = { V: trunks.V.features(samples, options), A: trunks.A.features(samples, options) };
      const given = [features, { ...features, V: null }, { ...features, A: null }];
      const losses = given.map((each) => crossEntropy(head.logits(each), classIds));
      return add<Scalar>(mul(addN(losses), 1 / losses.length), head.penalty(features));
    };
    const { value, grads } = variableGrads(forward, variables as Variable[]);
    adam.step(variables.map(({ name }) => grads[name]));
    collector.apply();
    return value;
  });
  const value = (await loss.data())[0];
  loss.dispose();
  return value;
}

function disposeNetwork({ trunks, head }: RobustNetwork): void {
  trunks.V.dispose();
  trunks.A.dispose();
  dispose([...head.variables, ...head.constants]);
}
