import { add, mul, tidy } from '@tensorflow/tfjs-core';
import type { Scalar, Tensor } from '@tensorflow/tfjs-core';
import { fakeCrossEntropy, realCrossEntropy } from './cross-entropy';

/** Logits [B, 1] of a discriminator of a sample and the feature that it should match. */
export interface ConditionalLogits {
  /** S_r: a real sample with its own feature. */
  real: Tensor;
  /** S_w: a real sample with the feature of another instrument. */
  wrong: Tensor;
  /** S_f: a generated sample with the feature it was generated from. */
  fake: Tensor;
}

/** Scalars to be minimised: total = real + ½ (wrong + fake). The caller owns them. */
export interface ConditionalDiscriminatorLoss {
  total: Scalar;
  real: Scalar;
  wrong: Scalar;
  fake: Scalar;
}

/**
 * The discriminator's loss of the baselines S2IC and I2S (paper: section on experiments; Chen et al.), negated, to be minimised:
 * -log S_r - ½[log(1 - S_w) + log(1 - S_f)]. Means over the batch.
 */
export function conditionalDiscriminatorLoss(logits: ConditionalLogits): ConditionalDiscriminatorLoss {
  return tidy(() => {
    const real = realCrossEntropy(logits.real);
    const [wrong, fake] = [fakeCrossEntropy(logits.wrong), fakeCrossEntropy(logits.fake)];
    return { total: add<Scalar>(real, mul(0.5, add(wrong, fake))), real, wrong, fake };
  });
}

/** The generator's loss of the baselines, -log S_f, to be minimised. The caller owns the result. */
export function conditionalGeneratorLoss({ fake }: Pick<ConditionalLogits, 'fake'>): Scalar {
  return realCrossEntropy(fake);
}
