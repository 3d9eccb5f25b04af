import * as z from 'zod/mini';
import { numberFrom, oneOf, text, wholeNumber, withDefault } from '@cmcgan/options';

const simulatedSchema = z.strictObject({
  /** Number of simulated training pairs for each of the 13 instruments. */
  pairsPerClass: withDefault(wholeNumber(1), 54),
  /** The same for the validation split, whose songs are different ones. */
  validationPairsPerClass: withDefault(wholeNumber(1), 9),
});

/**
 * Schema of the data options that a program offers its users, with rules and defaults: those of `openDataset`, `tolerateUnreadable` and
 * `simulateDataset`.
 */
export const dataOptionsSchema = z.strictObject({
  /** Data folder in Sub-URMP's layout; null to simulate musicians. */
  folder: withDefault(z.nullable(text()), null),
  /** Whether pairs with missing or broken files are an error or are skipped. */
  onBroken: withDefault(oneOf(['error', 'skip']), 'error'),
  /** Share of pairs whose files may become unreadable later; each is replaced by another pair of its class. */
  unreadableShare: withDefault(numberFrom(0, 1), 0.01),
  /** Folder for decoded pairs; null for `.cmcgan-cache` in the data folder. */
  cacheFolder: withDefault(z.nullable(text()), null),
  /** Memory for decoded pairs, in MiB (72 KB per pair); pairs that do not fit are read from the cache each time. */
  memoryMiB: withDefault(numberFrom(0), 512),
  simulated: z.prefault(simulatedSchema, {}),
});
