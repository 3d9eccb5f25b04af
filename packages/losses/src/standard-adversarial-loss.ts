import { add, tidy } from '@tensorflow/tfjs-core';
import type { Scalar, Tensor } from '@tensorflow/tfjs-core';
import { fakeCrossEntropy, realCrossEntropy } from './cross-entropy';
import { meanOf } from './mean-of';

/** Logits [B, 1] of a discriminator of one modality, which judges realism regardless of the other modality. */
export interface UnimodalLogits {
  real: Tensor;
  /** One tensor for each kind of generated sample; the loss is averaged over kinds. */
  fakes: readonly Tensor[];
}

/**
 * The standard adversarial loss of one modality's discriminator, -log S(r) - log(1 - S(f)), to be minimised: the baseline in the
 * paper's Figure 5. The caller owns the result.
 */
export function standardDiscriminatorLoss({ real, fakes }: UnimodalLogits): Scalar {
  return tidy(() => add(realCrossEntropy(real), meanOf(fakes, fakeCrossEntropy, 'standardDiscriminatorLoss: fakes')));
}

/** The standard adversarial loss of the generator, -log S(f), to be minimised. The caller owns the result. */
export function standardGeneratorLoss({ fakes }: Pick<UnimodalLogits, 'fakes'>): Scalar {
  return meanOf(fakes, realCrossEntropy, 'standardGeneratorLoss: fakes');
}
