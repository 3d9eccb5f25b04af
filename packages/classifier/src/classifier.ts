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

/** Options of a classifier's pass. By default it normalises by the moving averages. */
export type ForwardOptions = Omit<ApplyArguments, 'role'>;

/** An image, sound or image-and-sound classifier: the encoder, then one fully connected layer (paper: section on the classifier). */
export interface Classifier {
  readonly config: ClassifierConfig;
  /** Samples (for two modalities a list, the image first) to logits [B, classes]: to `summary()`, `compile` and `fit`, cut and build upon. */
  readonly network: LayersModel;
  /** What training changes, in a fixed order; moving averages are not among them. */
  readonly variables: readonly Variable[];
  /**
   * The input of the fully connected layer: [B, featureSize], for late fusion [B, 2 · featureSize], the image's first; not negative. Used
   * for FID and FAD, and by S2IC, which generates from it. Modalities that it does not need are ignored. The caller owns the result.
   */
  features(samples: SampleTensors, options?: ForwardOptions): Tensor2D;
  /** [B, classes]. The caller owns the result. */
  logits(samples: SampleTensors, options?: ForwardOptions): Tensor2D;
  /** Features to logits [B, classes]. The caller owns the result. */
  logitsOfFeatures(features: Tensor2D): Tensor2D;
  /** The class of each sample of a batch. */
  predict(samples: SampleTensors): Promise<Int32Array>;
  /** One sample. */
  classify(sample: SampleArrays): Promise<Classification>;
  /** All variables by their stable names, moving averages included. They stay the classifier's own. */
  tensors(): Record<string, Variable>;
  dispose(): void;
}

/**
 * A classifier with initial weights drawn from `seed`.
 *
 * @throws where an option is unknown or out of range
 */
export function createClassifier({ seed, ...options }: ClassifierOptions & { seed: number }): Classifier {
  return buildClassifier(resolveClassifierConfig(options), seededInitialValues(seed, 'createClassifier'));
}

/** A classifier whose variables start with the values given. */
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
 * A classifier with the weights and moving averages given by name, as `tensors()` names them.
 *
 * @param source what to call the tensors' origin in an error
 * @throws where one is missing, has another shape, or belongs to no layer of this configuration
 */
export function classifierFromTensors(
  config: ClassifierConfig,
  tensors: Record<string, TensorData>,
  source = 'tensors',
): Classifier {
  const named = { tensors, source, functionName: 'classifierFromTensors' };
  return buildFromTensors(named, (initialValues) => buildClassifier(resolveClassifierConfig(config), initialValues));
}

/** One sample as a batch; what the classifier does not look at is left out. */
function toTensors(sample: SampleArrays, { modality }: ClassifierConfig): SampleTensors {
  const entries = (['V', 'A'] as const).flatMap((each) => {
    const { batch, one } = SAMPLE_NAMES[each];
    const values = sample[one];
    return modality.includes(each) && values !== undefined ? [[batch, sampleTensor([values], each)]] : [];
  });
  return Object.fromEntries(entries) as SampleTensors;
}

/** The position of the largest value of each row; the first where several are. */
function argMaxRows(values: Float32Array, columns: number): Int32Array {
  return Int32Array.from({ length: values.length / columns }, (_, row) => {
    const scores = values.subarray(row * columns, (row + 1) * columns);
    return scores.indexOf(Math.max(...scores));
  });
}
