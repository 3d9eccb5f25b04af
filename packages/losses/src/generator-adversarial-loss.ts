import { add, tidy } from '@tensorflow/tfjs-core';
import type { Scalar } from '@tensorflow/tfjs-core';
import type { DiscriminatorLogits } from './discriminator-loss';
import { realCrossEntropy } from './cross-entropy';
import { meanOf } from './mean-of';

/**
 * The joint corresponding adversarial loss of the generator (paper: Eq. 2), negated, to be minimised:
 * -log S(rv,fa) - log S(fv,ra), means over the batch and over the kinds of generated sample. The caller owns the result.
 *
 * @param logits float32 [B, 1] each
 */
export function generatorAdversarialLoss({
  fakeSounds,
  fakeImages,
}: Pick<DiscriminatorLogits, 'fakeSounds' | 'fakeImages'>): Scalar {
  return tidy(() =>
    add(
      meanOf(fakeSounds, realCrossEntropy, 'generatorAdversarialLoss: fakeSounds'),
      meanOf(fakeImages, realCrossEntropy, 'generatorAdversarialLoss: fakeImages'),
    ),
  );
}
