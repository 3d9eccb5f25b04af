import { add, mul, tidy } from '@tensorflow/tfjs-core';
import type { Scalar, Tensor } from '@tensorflow/tfjs-core';
import { fakeCrossEntropy, realCrossEntropy } from './cross-entropy';
import { meanOf } from './mean-of';

/** The discriminator's logits [B, 1] for every kind of pair in Eq. 1. S is the probability, here the sigmoid of the logit. */
export interface DiscriminatorLogits {
  /** S(rv, ra): a real image with its real sound. */
  real: Tensor;
  /** S(rv, wa): a real image with the sound of another instrument. */
  wrongSound: Tensor;
  /** S(wv, ra): the image of another instrument with a real sound. */
  wrongImage: Tensor;
  /** S(rv, fa): a real image with a generated sound; one tensor for each kind of generated sound; the loss is averaged over kinds. */
  fakeSounds: readonly Tensor[];
  /** S(fv, ra): a generated image with a real sound; one tensor for each kind of generated image; the loss is averaged over kinds. */
  fakeImages: readonly Tensor[];
}

/** Scalars to be minimised: total = wrong + fake. The caller owns them. */
export interface DiscriminatorLoss {
  total: Scalar;
  wrong: Scalar;
  fake: Scalar;
}

/**
 * The joint corresponding adversarial loss of the discriminator (paper: Eq. 1), negated, to be minimised:
 * wrong = -log S(rv,ra) - ½[log(1 - S(rv,wa)) + log(1 - S(wv,ra))],
 * fake = -log S(rv,ra) - ½[log(1 - S(rv,fa)) + log(1 - S(fv,ra))]. Means over the batch.
 */
export function discriminatorLoss({
  real,
  wrongSound,
  wrongImage,
  fakeSounds,
  fakeImages,
}: DiscriminatorLogits): DiscriminatorLoss {
  return tidy(() => {
    const realLoss = realCrossEntropy(real);
    const fakeSound = meanOf(fakeSounds, fakeCrossEntropy, 'discriminatorLoss: fakeSounds');
    const fakeImage = meanOf(fakeImages, fakeCrossEntropy, 'discriminatorLoss: fakeImages');
    const wrong: Scalar = add(realLoss, mul(0.5, add(fakeCrossEntropy(wrongSound), fakeCrossEntropy(wrongImage))));
    const fake: Scalar = add(realLoss, mul(0.5, add(fakeSound, fakeImage)));
    return { total: add<Scalar>(wrong, fake), wrong, fake };
  });
}
