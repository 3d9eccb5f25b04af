import { concat, matMul, mean, mul, softmax, squaredDifference, tensor2d, tidy } from '@tensorflow/tfjs-core';
import type { Scalar, Tensor2D } from '@tensorflow/tfjs-core';
import { otherModality } from '@cmcgan/model';
import type { Modality } from '@cmcgan/model';
import { dense } from './heads';
import type { HeadSource, RobustHead } from './heads';
import { kMeans } from './k-means';

/** Weight of the reconstruction error of the features. */
const RECONSTRUCTION = 0.1;

/** Features of training pairs by modality, [pairs][F]. */
export type TrainingFeatures = Readonly<Record<Modality, readonly Float32Array[]>>;

/**
 * After SMIL (Ma et al., "SMIL: Multimodal Learning with Severely Missing Modality", AAAI 2021): the features of a missing modality are a
 * weighted mean of its prior, the K-means centres of its features in training, and a layer predicts the weights from the other modality.
 * Simplified: no meta-learning and no learnt perturbation of features; the reconstruction is trained with the classifier, on pairs whose
 * missing half is known.
 */
export function smilLikeHead({ featureSizes, classCount, seed }: HeadSource, features: TrainingFeatures): RobustHead {
  const centresOf = (modality: Modality) => {
    const centres = kMeans(features[modality], Math.min(classCount, features[modality].length), seed);
    return tensor2d(centres.map((row) => [...row])); // [K, F]
  };
  const priors = { V: centresOf('V'), A: centresOf('A') };
  const weigh = (missing: Modality) =>
    dense(`weights of ${missing}`, { inputs: featureSizes[otherModality(missing)], units: priors[missing].shape[0], seed });
  const weighers = { V: weigh('V'), A: weigh('A') };
  const output = dense('output', { inputs: featureSizes.V + featureSizes.A, units: classCount, seed });
  const reconstruct = (missing: Modality, given: Tensor2D) =>
    matMul<Tensor2D>(softmax(weighers[missing].apply(given)), priors[missing]);
  return {
    variables: [...weighers.V.variables, ...weighers.A.variables, ...output.variables],
    constants: [priors.V, priors.A],
    logits: ({ V, A }) => tidy(() => output.apply(concat([V ?? reconstruct('V', A!), A ?? reconstruct('A', V!)], 1))),
    penalty({ V, A }) {
      const errors = [squaredDifference(reconstruct('V', A), V), squaredDifference(reconstruct('A', V), A)];
      return mul<Scalar>(mean(concat(errors, 1)), RECONSTRUCTION);
    },
  };
}
