import { abs, add, concat, mean, mul, relu, sub, tensor1d, tidy } from '@tensorflow/tfjs-core';
import type { Scalar, Tensor2D } from '@tensorflow/tfjs-core';
import { otherModality } from '@cmcgan/model';
import type { Modality } from '@cmcgan/model';
import { crossEntropy } from '../training/cross-entropy';
import { dense } from './heads';
import type { GivenFeatures, HeadSource, RobustHead } from './heads';

/** The paper's weights of the alignment of shared features and of the classification of specific ones. */
const ALIGNMENT = 0.1;
const DOMAIN = 0.02;
const MODALITIES = ['V', 'A'] as const;

/**
 * After ShaSpec (Wang et al., "Multi-modal Learning with Missing Modality via Shared-Specific Feature Modelling", CVPR 2023): each modality
 * has shared features, which are alike for both halves of a pair, and specific ones, which tell the modality. They are fused with a
 * residual, and a missing modality is replaced by the shared features of the other. Simplified: the shared and the specific encoders are
 * layers after a trunk for each modality, since an image and a spectrum don't have one shape.
 */
export function shaspecLikeHead({ featureSizes, classCount, seed }: HeadSource): RobustHead {
  const size = featureSizes.V;
  if (featureSizes.A !== size) throw new Error(`shaspecLikeHead: A must have V's feature size ${size}, got ${featureSizes.A}`);
  const layer = (name: string, inputs: number, units: number) => dense(name, { inputs, units, seed });
  const shared = layer('shared', size, size);
  const specific = { V: layer('specific V', size, size), A: layer('specific A', size, size) };
  const projection = layer('projection', 2 * size, size);
  const domain = layer('domain', size, 2);
  const output = layer('output', 2 * size, classCount);
  const sharedOf = (x: Tensor2D) => relu<Tensor2D>(shared.apply(x));
  const specificOf = (modality: Modality, x: Tensor2D) => relu<Tensor2D>(specific[modality].apply(x));
  const fused = (modality: Modality, x: Tensor2D) =>
    add<Tensor2D>(sharedOf(x), projection.apply(concat([sharedOf(x), specificOf(modality, x)], 1)));
  const featuresOf = (modality: Modality, given: GivenFeatures) => {
    const own = given[modality];
    return own ? fused(modality, own) : sharedOf(given[otherModality(modality)]!);
  };
  return {
    variables: [shared, specific.V, specific.A, projection, domain, output].flatMap(({ variables }) => variables),
    constants: [],
    logits: (given) =>
      tidy(() =>
        output.apply(
          concat(
            MODALITIES.map((modality) => featuresOf(modality, given)),
            1,
          ),
        ),
      ),
    penalty({ V, A }) {
      const apart = mean<Scalar>(abs(sub(sharedOf(V), sharedOf(A))));
      const told = domain.apply(concat([specificOf('V', V), specificOf('A', A)], 0)); // [2B, 2]
      const labels = tensor1d([...Array<number>(V.shape[0]).fill(0), ...Array<number>(A.shape[0]).fill(1)], 'int32');
      return add<Scalar>(mul(apart, ALIGNMENT), mul(crossEntropy(told, labels), DOMAIN));
    },
  };
}
