import * as z from 'zod/mini';
import { numberFrom, oneOf, positive, wholeNumber, withDefault } from '@cmcgan/options';
import { DISCRIMINATOR_AUGMENTATION_NAMES } from './transforms/discriminator-augmentations';

/** Options of a training step, each with its rule and the paper's value as default. To add one: one row. */
export const stepOptionsSchema = z.strictObject({
  /** λ: weight of the consistency loss (Eq. 3) relative to the adversarial one (Eq. 2) in the generator's total. */
  lambda: withDefault(numberFrom(0), 1),
  /** Which generated samples the discriminator judges: the paths' ends (RF, FR), their intermediates (F, R), or both. */
  fakes: withDefault(oneOf(['ends', 'intermediates', 'both']), 'ends'),
  /** Which generated samples the consistency loss compares with the real ones: the paths' ends (Eq. 3), or all outputs. */
  consistency: withDefault(oneOf(['ends', 'all']), 'ends'),
  /**
   * 'whole': a path's end also teaches the sample on its way (the paper). 'cut': it teaches only what comes after, so that a picture on the way to a sound
   * need not carry what only an encoder sees (Chu et al. 2017, "CycleGAN, a Master of Steganography"). Needs consistency 'all', which teaches that sample.
   */
  cycle: withDefault(oneOf(['whole', 'cut']), 'whole'),
  /** How the consistency loss compares images: by the absolute errors of their values (Eq. 3), or by the squared ones. */
  imageDistance: withDefault(oneOf(['absolute', 'squared']), 'absolute'),
  /**
   * Scales at which the consistency loss compares sounds: 1, the spectrogram as it is (Eq. 3); n, also averaged over squares of 2, 4 ... 2^(n - 1)
   * mel bands and frames, with the mean of all scales as the loss. Pictures are compared as they are.
   */
  spectralScales: withDefault(wholeNumber(1).check(z.lte(6, { error: 'must be a whole number from 1 to 6' })), 1),
  /**
   * Weight of feature matching: the mean absolute difference between the joint discriminator's features of generated and of real samples. 0: none. Other
   * discriminators have none.
   */
  featureMatching: withDefault(numberFrom(0), 0),
  /**
   * Weight of the auxiliary classifier's loss (Odena et al. 2017): the discriminator learns to classify real samples, and the generator to
   * make what it classifies rightly. Needs a discriminator with classes. 0: none.
   */
  classification: withDefault(numberFrom(0), 0),
  /**
   * Weight of the contrastive loss (Zhang et al. 2021): the joint discriminator's features, and the encoders' codes, are to be those by which a real
   * image's sound is found among those of the batch, and the other way round; and the generator is to make samples that are found by what they are
   * made from. Other discriminators have none. 0: none.
   */
  contrastive: withDefault(numberFrom(0), 0),
  /** Weight of the mode-seeking loss (Mao et al. 2019) of all outputs made from the other modality, which makes the latent matter; needs a latent. 0: none. */
  modeSeeking: withDefault(numberFrom(0), 0),
  /**
   * Differentiable augmentation (Zhao et al. 2020): how all samples that the discriminator judges, real and generated, are changed at random, for
   * small data sets. The generator learns through the change, and does not imitate it.
   */
  discriminatorAugmentation: withDefault(oneOf(DISCRIMINATOR_AUGMENTATION_NAMES), 'none'),
  /**
   * γ: weight of the R1 penalty (Mescheder et al. 2018) in the joint discriminator's loss, which keeps it smooth around real pairs, by finite
   * differences along a random direction. 0: none.
   */
  gradientPenalty: withDefault(numberFrom(0), 0),
  /** K of Algorithm 1: generator updates for each discriminator update. */
  generatorUpdates: withDefault(wholeNumber(1), 1),
  /** Largest norm over all gradients of a network, to which they are clipped; null: no clipping. */
  gradientClip: withDefault(z.nullable(positive()), null),
  /** Whether a step's kernels are recorded once and replayed, the same results in less time: auto, where the backend can; off, never. */
  replay: withDefault(oneOf(['auto', 'off']), 'auto'),
});

/** The same options as a caller gives them. */
export type TrainingStepOptions = z.input<typeof stepOptionsSchema>;
