import * as z from 'zod/mini';
import { oneOf, text, wholeNumber, withDefault } from '@cmcgan/options';

/** The value of --judge that trains one. */
export const TRAINED_JUDGE = 'trained';

/** Who chooses the best epoch: each option with its rule, and its value where it is left out. */
export const judgeOptionsSchema = z.strictObject({
  /** Folder of a frozen judge, absolute; 'trained': one is trained first; null: nothing is scored. */
  source: withDefault(z.nullable(text()), TRAINED_JUDGE),
  /** Epochs from one score to the next. */
  everyEpochs: withDefault(wholeNumber(1), 1),
  /** Pairs whose samples are scored; 'auto': songs set aside from training where no class loses much, else training pairs. */
  pairs: withDefault(oneOf(['auto', 'held', 'train', 'validation']), 'auto'),
  /** Whether a fall of the scores that lasts ends the run. */
  stopOnCollapse: withDefault(oneOf(['yes', 'no']), 'yes'),
});
