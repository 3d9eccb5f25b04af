import type { Modality } from '@cmcgan/model';
import type { Tensor4D } from '@tensorflow/tfjs-core';
import { assertModality } from '../assert-modality';
import { scorePredictions } from '../metrics/score';
import type { Score } from '../metrics/score';
import type { SampleTensors } from '../samples';
import type { TrainedClassifier } from '../training/train-new-classifier';

/**
 * Scores generated samples (paper: section on generation evaluation) with an image classifier and a sound classifier, which were trained
 * on real training pairs only, and frozen.
 */
export interface Judge {
  readonly V: TrainedClassifier;
  readonly A: TrainedClassifier;
  readonly classNames: readonly string[];
  /** Scores how often images [B, 128, 128, 3] in [-1, 1] are classified as the class that they should show. */
  scoreImages(images: Tensor4D, classIds: ArrayLike<number>): Promise<Score>;
  /** The same for sounds [B, 128, 32, 1]. */
  scoreSounds(sounds: Tensor4D, classIds: ArrayLike<number>): Promise<Score>;
  dispose(): void;
}

/** Creates a judge from two classifiers and takes ownership. @throws if they are not an image and a sound classifier of the same classes */
export function createJudge({ V, A }: Record<Modality, TrainedClassifier>): Judge {
  assertModality('createJudge', 'V', V.classifier);
  assertModality('createJudge', 'A', A.classifier);
  const { classNames } = V.classifier.config;
  const heard = A.classifier.config.classNames;
  if (classNames.join() !== heard.join()) {
    throw new Error(`createJudge: A must have the classes ${classNames.join(', ')}, got ${heard.join(', ')}`);
  }
  const score = async ({ classifier }: TrainedClassifier, samples: SampleTensors, classIds: ArrayLike<number>) =>
    scorePredictions(classIds, await classifier.predict(samples), classNames.length);
  return {
    V,
    A,
    classNames,
    scoreImages: (images, classIds) => score(V, { images }, classIds),
    scoreSounds: (sounds, classIds) => score(A, { sounds }, classIds),
    dispose() {
      V.classifier.dispose();
      A.classifier.dispose();
    },
  };
}
