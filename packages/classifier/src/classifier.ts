import { applyNetwork, buildFromTensors, seededInitialValues, type Modality } from '@cmcgan/model';
import type { ApplyArguments, InitialValues, TensorData } from '@cmcgan/model';
import { softmax, tidy } from '@tensorflow/tfjs-core';
import type { Tensor2D, Tensor4D, Variable } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { toClassification } from './classification';
import type { Classification } from './classification';
import { resolveClassifierConfig } from './config';
import type { ClassifierConfig, ClassifierOptions } from './config';
import { buildClassifierNetwork } from './network/build-classifier-network';
import { SAMPLE_NAMES, sampleTensor, samplesOf } from './samples';
import type { SampleArrays, SampleTensors } from './samples';

/** Options of a classifier's forward pass. By default it normalises by the moving averages. */
export type ForwardOptions = Omit<ApplyArguments, 'role'>;

/** A classifier of images, sounds or both: the encoder, then one fully connected layer (paper: section on the classifier). */
export interface Classifier {
  readonly config: ClassifierConfig;
  /** Samples (for two modalities a list, the image first) → logits [B, classes]; for `summary()`, `compile`, `fit`, or use in a model. */
  readonly network: LayersModel;
  /** The trainable variables, in a fixed order, without moving averages. */
  readonly variables: readonly Variable[];
  /**
   * The input of the fully connected layer: [B, featureSize], for late fusion [B, 2 · featureSize] with the image's first; non-negative.
   * Used for FID and FAD, and by S2IC, which generates from it. Modalities that are not needed are ignored. The caller owns the result.
   */
  features(samples: SampleTensors, options?: ForwardOptions): Tensor2D;
  /** Logits [B, classes]. The caller owns the result. */
  logits(samples: SampleTensors, options?: ForwardOptions): Tensor2D;
  /** Features → logits [B, classes]. The caller owns the result. */
  logitsOfFeatures(features: Tensor2D): Tensor2D;
  /** Predicts the class id of each sample of a batch. */
  predict(samples: SampleTensors): Promise<Int32Array>;
  /** Classifies one sample. */
  classify(sample: SampleArrays): Promise<Classification>;
  /** All variables by their stable names, including moving averages. The classifier keeps ownership. */
  tensors(): Record<string, Variable>;
  dispose(): void;
}

/**
 * Creates a classifier with initial weights drawn from `seed`.
 *
 * @throws if an option is unknown or out of range
 */
export function createClassifier({ seed, ...options }: ClassifierOptions & { seed: number }): Classifier {
  return buildClassifier(resolveClassifierConfig(options), seededInitialValues(seed, 'createClassifier'));
}

/** Creates a classifier with the given initial values. */
export function buildClassifier(config: ClassifierConfig, initialValues: InitialValues): Classifier {
  const { whole, features: trunks, output, named, dispose } = buildClassifierNetwork(config, initialValues);
  const modalities = [...config.modality] as Modality[];
  const inputsOf = (samples: SampleTensors): Tensor4D | Tensor4D[] => {
    const inputs = modalities.map((modality) => samplesOf(samples, modality, 'Classifier'));
    return inputs.length === 1 ? inputs[0] : inputs;
  };
  const features = (samples: SampleTensors, options: ForwardOptions = {}) =>
    applyNetwork<Tensor2D>(trunks, inputsOf(samples), options);
  const logits = (samples: SampleTensors, options: ForwardOptions = {}) =>
    applyNetwork<Tensor2D>(whole, inputsOf(samples), options);
  const classifier: Classifier = {
    config,
    network: whole,
    variables: [...named.values()].filter((variable) => variable.trainable),
    features,
    logits,
    logitsOfFeatures: (x) => applyNetwork(output, x, {}),
    async predict(samples) {
      const scores = logits(samples);
      const values = await scores.data<'float32'>();
      scores.dispose();
      return argMaxRows(values, config.classNames.length);
    },
    async classify(sample) {
      const probabilities = tidy(() => softmax(logits(toTensors(sample, config))));
      const values = await probabilities.data<'float32'>();
      probabilities.dispose();
      return toClassification(Float32Array.from(values), config.classNames);
    },
    tensors: () => Object.fromEntries(named),
    dispose,
  };
  return classifier;
}

/**
 * Creates a classifier with the given weights and moving averages by name, as returned by `tensors()`.
 *
 * @param source name of the tensors' origin, for error messages
 * @throws if a tensor is missing, has another shape, or belongs to no layer of this configuration
 */
export function classifierFromTensors(
  config: ClassifierConfig,
  tensors: Record<string, TensorData>,
  source = 'tensors',
): Classifier {
  const named = { tensors, source, functionName: 'classifierFromTensors' };
  return buildFromTensors(named, (initialValues) => buildClassifier(resolveClassifierConfig(config), initialValues));
}

/** Converts one sample to a batch, without modalities that the classifier does not use. */
function toTensors(sample: SampleArrays, { modality }: ClassifierConfig): SampleTensors {
  const entries = (['V', 'A'] as const).flatMap((each) => {
    const { batch, one } = SAMPLE_NAMES[each];
    const values = sample[one];
    return modality.includes(each) && values !== undefined ? [[batch, sampleTensor([values], each)]] : [];
  });
  return Object.fromEntries(entries) as SampleTensors;
}

/** The position of the largest value of each row, and the first one in case of a tie. */
function argMaxRows(values: Float32Array, columns: number): Int32Array {
  return Int32Array.from({ length: values.length / columns }, (_, row) => {
    const scores = values.subarray(row * columns, (row + 1) * columns);
    return scores.indexOf(Math.max(...scores));
  });
}
