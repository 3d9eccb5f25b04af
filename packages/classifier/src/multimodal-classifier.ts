import { add, logSoftmax, mul, softmax, tidy } from '@tensorflow/tfjs-core';
import type { Tensor2D, Tensor4D } from '@tensorflow/tfjs-core';
import { assertModality } from './assert-modality';
import { toClassification } from './classification';
import type { Classification } from './classification';
import type { Classifier } from './classifier';
import { completeSamples } from './complete-samples';
import type { CompleteSamples, SampleGenerator } from './complete-samples';
import { completionOf } from './pool/opinion-pool';
import type { PoolWeights } from './pool/opinion-pool';
import { sampleTensor } from './samples';
import type { SampleArrays, SampleTensors } from './samples';

/** A classification, and the modality that had to be generated for it. */
export interface MultimodalClassification extends Classification {
  generated: null | 'image' | 'sound';
}

/** A sample by its image, its sound, or both. */
export interface MultimodalSample extends SampleArrays {
  /** Which of both was generated from the other, if that was done before; left out: neither. */
  generated?: 'image' | 'sound';
}

/** The paper's dynamic multimodal classification network: it classifies an image and a sound, and generates the one that is missing. */
export interface MultimodalClassifier {
  readonly classNames: readonly string[];
  /** Classifies a sample by its image, its sound, or both. @throws if there is neither, or the missing one cannot be generated */
  classify(sample: MultimodalSample): Promise<MultimodalClassification>;
  /** Generates the missing modality of a batch. `z` [B, 1, 1, latentSize] replaces the latent drawn from the seed. */
  complete(samples: SampleTensors, z?: Tensor4D): CompleteSamples;
  /** Logits [B, classes] for a batch of images, sounds or both. The caller owns the result. */
  logits(samples: SampleTensors, z?: Tensor4D): Tensor2D;
}

/** An image classifier and a sound classifier, and how much each counts: see `crossFitOpinionPool`. */
export interface PooledClassifiers {
  /** A classifier of modality V. */
  V: Classifier;
  /** A classifier of modality A, with the same classes. */
  A: Classifier;
  weights: PoolWeights;
}

export type MultimodalOptions = ({ /** A classifier of modality VA, as in the paper. */ VA: Classifier } | PooledClassifiers) & {
  generator: SampleGenerator;
  /** Seed of the latents; every call draws the same. */
  seed?: number;
};

/**
 * Creates a classifier for samples with missing modalities: one that sees both halves at once (VA), as the paper's does, or a pool of two
 * (V, A and weights), which counts a generated half only as far as it can be trusted. It does not own the classifiers and the generator.
 */
export function createMultimodalClassifier(options: MultimodalOptions): MultimodalClassifier {
  const { generator, seed = 1 } = options;
  const { classNames, logitsOf } = 'VA' in options ? jointClassifier(options.VA) : pooledClassifier(options);
  const complete = (samples: SampleTensors, z?: Tensor4D) => completeSamples(samples, { generator, seed, z });
  return {
    classNames,
    complete,
    logits: (samples, z) => tidy(() => logitsOf(complete(samples, z))),
    async classify({ image, sound, generated: made }) {
      if (made !== undefined && (image === undefined || sound === undefined)) {
        throw new Error(`MultimodalClassifier: generated must be left out unless image and sound are given, got ${made}`);
      }
      const generated = made ?? (image === undefined ? 'image' : sound === undefined ? 'sound' : null);
      const values = tidy(() => {
        const samples = complete({
          ...(image === undefined ? {} : { images: sampleTensor([image], 'V') }),
          ...(sound === undefined ? {} : { sounds: sampleTensor([sound], 'A') }),
        });
        return softmax(logitsOf({ ...samples, generated }));
      });
      const probabilities = Float32Array.from(await values.data<'float32'>());
      values.dispose();
      return { ...toClassification(probabilities, classNames), generated };
    },
  };
}

interface Decision {
  readonly classNames: readonly string[];
  readonly logitsOf: (samples: CompleteSamples) => Tensor2D;
}

function jointClassifier(VA: Classifier): Decision {
  assertModality('createMultimodalClassifier', 'VA', VA);
  return { classNames: VA.config.classNames, logitsOf: (samples) => VA.logits(samples) };
}

function pooledClassifier({ V, A, weights }: PooledClassifiers): Decision {
  assertModality('createMultimodalClassifier', 'V', V);
  assertModality('createMultimodalClassifier', 'A', A);
  const { classNames } = V.config;
  if (classNames.join() !== A.config.classNames.join()) {
    const heard = A.config.classNames.join(', ');
    throw new Error(`createMultimodalClassifier: A must have V's classes ${classNames.join(', ')}, got ${heard}`);
  }
  const logitsOf = (samples: CompleteSamples) => {
    const { V: visual, A: auditory } = weights[completionOf(samples.generated)];
    return add<Tensor2D>(mul(logSoftmax(V.logits(samples)), visual), mul(logSoftmax(A.logits(samples)), auditory));
  };
  return { classNames, logitsOf };
}
