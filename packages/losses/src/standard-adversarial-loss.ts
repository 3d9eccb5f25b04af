import { add, tidy } from '@tensorflow/tfjs-core';
import type { Scalar, Tensor } from '@tensorflow/tfjs-core';
import { takenForFalseLoss, takenForRealLoss } from './log-probability-losses';
import { meanOf } from './mean-of';

/** Logits [B, 1] of a discriminator of one modality, which judges realism and knows nothing of the other modality. */
export interface UnimodalLogits {
  real: Tensor;
  /** One tensor for each kind of generated sample, averaged. */
  fakes: readonly Tensor[];
}

/**
 * The standard adversarial loss of one modality's discriminator, -log S(r) - log(1 - S(f)), minimised; what the paper's Figure 5
 * compares the joint one with. The caller owns the result.
 */
export function standardDiscriminatorLoss({ real, fakes }: UnimodalLogits): Scalar {
  return tidy(() => add(takenForRealLoss(real), meanOf(fakes, takenForFalseLoss, 'standardDiscriminatorLoss: fakes')));
}

/** The generator's side of the standard adversarial loss, -log S(f), minimised. The caller owns the result. */
export function standardGeneratorLoss({ fakes }: Pick<UnimodalLogits, 'fakes'>): Scalar {
  return meanOf(fakes, takenForRealLoss, 'standardGeneratorLoss: fakes');
}
