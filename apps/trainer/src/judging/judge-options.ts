import * as z from 'zod/mini';
import { oneOf, text, wholeNumber, withDefault } from '@cmcgan/options';

/** The value of --judge that trains one. */
export const TRAINED_JUDGE = 'trained';

/** Options for choosing the best epoch, each with its rule and default. */
export const judgeOptionsSchema = z.strictObject({
  /** Folder of a frozen judge, absolute; 'trained': train one first; null: score nothing. */
  source: withDefault(z.nullable(text()), TRAINED_JUDGE),
  /** Epochs between scores. */
  everyEpochs: withDefault(wholeNumber(1), 1),
  /** Pairs whose samples are scored; 'auto': songs held out from training if no class loses many pairs, else training pairs. */
  pairs: withDefault(oneOf(['auto', 'held', 'train', 'validation']), 'auto'),
  /** Whether a lasting fall of the scores ends the run. */
  stopOnCollapse: withDefault(oneOf(['yes', 'no']), 'yes'),
});
