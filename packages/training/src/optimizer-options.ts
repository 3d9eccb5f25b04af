import * as z from 'zod/mini';
import { numberFrom, oneOf, positive, withDefault } from '@cmcgan/options';

const generatorSchema = z.strictObject({
  /** Learning rate of the generator's Adam. */
  learningRate: withDefault(positive(), 0.001),
  /** β1: decay of the first moment of the generator's Adam. */
  beta1: withDefault(numberFrom(0, 1), 0.9),
  /** β2: decay of the second moment of the generator's Adam. */
  beta2: withDefault(numberFrom(0, 1), 0.999),
  /**
   * Whether CMCGAN's encoders learn (the paper), or keep what they learnt before the first step and the decoders alone learn. Frozen encoders normalise real
   * samples by their moving averages, which stay as well.
   */
  encoders: withDefault(oneOf(['learn', 'frozen']), 'learn'),
});

const discriminatorSchema = z.strictObject({
  /** The discriminator's optimiser: SGD with momentum (the paper) or Adam. */
  kind: withDefault(oneOf(['momentum', 'adam']), 'momentum'),
  /** Learning rate of the discriminator's optimiser. */
  learningRate: withDefault(positive(), 0.001),
  /** Momentum of the discriminator's SGD; β1 of its Adam. */
  momentum: withDefault(numberFrom(0, 1), 0.9),
});

/** Options of both networks' optimisers, each with its rule and the paper's value as default. */
export const optimizerOptionsSchema = z.strictObject({
  generator: z.prefault(generatorSchema, {}),
  discriminator: z.prefault(discriminatorSchema, {}),
});

/** The same options as a caller gives them. */
export type OptimizerOptions = z.input<typeof optimizerOptionsSchema>;
