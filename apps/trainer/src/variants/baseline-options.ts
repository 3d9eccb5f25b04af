import * as z from 'zod/mini';
import { text, wholeNumber, withDefault } from '@cmcgan/options';

/** What only the baselines need: each option with its rule, and its value where it is left out. */
export const baselineOptionsSchema = z.strictObject({
  /** Folder of a trained classifier whose feature S2IC or I2S generates from, absolute; null: one is trained first. */
  featureClassifier: withDefault(z.nullable(text()), null),
  /** Steps of the classifier or autoencoder that is trained before the baseline. */
  pretrainingSteps: withDefault(wholeNumber(1), 500),
});
