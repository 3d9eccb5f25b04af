// Importing tfjs-layers registers the gradients of TensorFlow.js' operations; tfjs-core alone registers none.
import '@tensorflow/tfjs-layers';
import { createVariableStore, initialValue, seededInitialValues } from '@cmcgan/model';
import type { InitialValues } from '@cmcgan/model';
import { add, matMul, softmax, tidy } from '@tensorflow/tfjs-core';
import type { Tensor2D, Variable } from '@tensorflow/tfjs-core';
import { toClassification } from './classification';
import type { Classification } from './classification';
import { resolveClassifierConfig } from './config';
import type { ClassifierConfig, ClassifierOptions } from './config';
import { createFeatureNetwork } from './feature-network';
import { SAMPLE_NAMES, sampleTensor } from './samples';
import type { SampleArrays, SampleTensors } from './samples';
import type { TrunkOptions } from './trunk';

/** Normalises by the moving averages unless told otherwise. */
export type ForwardOptions = Partial<TrunkOptions>;

/** An image, sound or image-and-sound classifier: the encoder, then one fully connected layer (paper: section on the classifier). */
export interface Classifier {
  readonly config: ClassifierConfig;
  /** What training changes, in a fixed order; moving averages are not among them. */
  readonly variables: readonly Variable[];
  /**
   * What the fully connected layer sees: [B, featureSize], for late fusion [B, 2 · featureSize], the image's first; not negative. For FID
   * and FAD, and for S2IC, which generates from it. Of `samples` it takes the modalities it needs. The caller owns the result.
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
  if (!Number.isInteger(seed)) throw new Error(`createClassifier: seed must be a whole number, got ${seed}`);
  return buildClassifier(resolveClassifierConfig(options), seededInitialValues(seed));
}

/** A classifier whose variables start with the values given. */
export function buildClassifier(config: ClassifierConfig, initialValues: InitialValues): Classifier {
  const store = createVariableStore(initialValues);
  const network = createFeatureNetwork(store, config);
  const classCount = config.classNames.length;
  const weight = store.matrix('output.weight', [network.featureSize, classCount], initialValue('he', network.featureSize));
  const bias = store.vector('output.bias', classCount, { constant: 0 });

  const features = (samples: SampleTensors, options: ForwardOptions = {}) =>
    network.features(samples, { training: false, ...options });
  const logitsOfFeatures = (x: Tensor2D) => tidy(() => add<Tensor2D>(matMul(x, weight), bias)); // [B, classes]
  const logits = (samples: SampleTensors, options?: ForwardOptions) => tidy(() => logitsOfFeatures(features(samples, options)));
  const classifier: Classifier = {
    config,
    variables: [...store.named.values()].filter((variable) => variable.trainable),
    features,
    logits,
    logitsOfFeatures,
    async predict(samples) {
      const scores = logits(samples);
      const values = await scores.data<'float32'>();
      scores.dispose();
      return argMaxRows(values, classCount);
    },
    async classify(sample) {
      const probabilities = tidy(() => softmax(logits(toTensors(sample, config))));
      const values = await probabilities.data<'float32'>();
      probabilities.dispose();
      return toClassification(Float32Array.from(values), config.classNames);
    },
    tensors: () => Object.fromEntries(store.named),
    dispose: () => store.named.forEach((variable) => variable.dispose()),
  };
  return classifier;
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
