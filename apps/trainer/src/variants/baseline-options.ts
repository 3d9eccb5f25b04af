import * as z from 'zod/mini';
import { text, wholeNumber, withDefault } from '@cmcgan/options';

/** Options of the baselines alone, each with its rule and default. */
export const baselineOptionsSchema = z.strictObject({
  /** Folder of a trained classifier whose feature S2IC or I2S generates from, absolute; null: train one first. */
  featureClassifier: withDefault(z.nullable(text()), null),
  /** Training steps of the classifier or autoencoder that is trained before the baseline. */
  pretrainingSteps: withDefault(wholeNumber(1), 500),
});
