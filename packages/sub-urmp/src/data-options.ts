import * as z from 'zod/mini';
import { numberFrom, oneOf, text, wholeNumber, withDefault } from '@cmcgan/options';

const simulatedSchema = z.strictObject({
  /** Simulated pairs of each of the 13 instruments in the training split. */
  pairsPerClass: withDefault(wholeNumber(1), 54),
  /** The same in the validation split, from songs of their own. */
  validationPairsPerClass: withDefault(wholeNumber(1), 9),
});

/**
 * What a program lets people choose of its data: what `openDataset`, `tolerateUnreadable` and `simulateDataset` act on, each option with its
 * rule, and its value where it is left out.
 */
export const dataOptionsSchema = z.strictObject({
  /** Data folder in Sub-URMP's layout; null: musicians are simulated. */
  folder: withDefault(z.nullable(text()), null),
  /** Whether pairs whose files are missing or broken are an error, or left out. */
  onBroken: withDefault(oneOf(['error', 'skip']), 'error'),
  /** Share of the pairs whose files may become unreadable later: another pair of the class takes their place. */
  unreadableShare: withDefault(numberFrom(0, 1), 0.01),
  /** Folder that decoded pairs are kept in; null: `.cmcgan-cache` in the data folder. */
  cacheFolder: withDefault(z.nullable(text()), null),
  /** Memory for decoded pairs, in MiB (72 KB a pair); the others are read again from the cache. */
  memoryMiB: withDefault(numberFrom(0), 512),
  simulated: z.prefault(simulatedSchema, {}),
});
