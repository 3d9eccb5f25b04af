import * as z from 'zod/mini';
import { numberFrom, oneOf, positive, wholeNumber, withDefault } from '@cmcgan/options';

/** The options of a training step: each with its rule, and the paper's value where it is left out. To add one: one row. */
export const stepOptionsSchema = z.strictObject({
  /** λ: weight of the consistency loss (Eq. 3) beside the adversarial one (Eq. 2) in the generator's total. */
  lambda: withDefault(numberFrom(0), 1),
  /** Which generated samples the discriminator judges: the paths' ends (RF, FR), their intermediates (F, R), or both. */
  fakes: withDefault(oneOf(['ends', 'intermediates', 'both']), 'ends'),
  /** Which generated samples the consistency loss compares with the truth: the paths' ends (Eq. 3), or all outputs. */
  consistency: withDefault(oneOf(['ends', 'all']), 'ends'),
  /** K of Algorithm 1: generator updates for each discriminator update. */
  generatorUpdates: withDefault(wholeNumber(1), 1),
  /** What the norm over all gradients of a network is clipped to; null: they are taken as they are. */
  gradientClip: withDefault(z.nullable(positive()), null),
});

/** What a caller may choose of a training step. */
export type TrainingStepOptions = z.input<typeof stepOptionsSchema>;
