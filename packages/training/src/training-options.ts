import * as z from 'zod/mini';
import { numberFrom, oneOf, positive, wholeNumber, withDefault } from '@cmcgan/options';
import { AUGMENTATION_NAMES } from './augmentation/augmentations';
import { scheduleOptionsSchema } from './learning-rate-factor';
import { optimizerOptionsSchema } from './optimizer-options';
import { stepOptionsSchema } from './step/step-options';

const checkpointOptionsSchema = z.strictObject({
  /** Minutes after which one is saved inside an epoch too; null: at the end of each epoch only. */
  everyMinutes: withDefault(z.nullable(positive()), null),
  /** One is kept every so many epochs, as `epoch-NNN`, beside the last one; 0: only the last. */
  keepEveryEpochs: withDefault(wholeNumber(0), 0),
});

/** What can be chosen of a training as plain JSON: each option with its rule, and its value where it is left out. */
export const trainingOptionsSchema = z.strictObject({
  /** Everything random follows from it. */
  seed: wholeNumber(0).check(z.lt(2 ** 32, { error: 'must be below 4294967296' })),
  /** Times through the training pairs. */
  epochs: wholeNumber(1),
  /** Stops after so many steps, if the epochs don't end sooner; null: they end it. */
  maxSteps: withDefault(z.nullable(wholeNumber(1)), null),
  /** Stops after the step in which so many minutes of training have passed. Such a run depends on the machine's speed. */
  maxMinutes: withDefault(z.nullable(positive()), null),
  /** Pairs in one pass; batch statistics are over these. At least 2: a wrong pair (Eq. 1) needs a second instrument. */
  batchSize: z.optional(wholeNumber(2)),
  /** Passes whose gradients are averaged into one update: an update sees batchSize · accumulate pairs. */
  accumulate: withDefault(wholeNumber(1), 1),
  /** Decay of the average of the generator's weights that generates (EMA); null: the weights of the last step generate. */
  averageDecay: withDefault(z.nullable(numberFrom(0, 1)), null),
  /** How the real samples of each step are varied, for small data. */
  augmentation: withDefault(oneOf(AUGMENTATION_NAMES), 'none'),
  /** A loss beyond it has exploded: the run stops. Weighted totals may have any size. null: only NaN and infinity stop it. */
  lossLimit: withDefault(z.nullable(positive()), null),
  step: z.prefault(stepOptionsSchema, {}),
  optimizers: z.prefault(optimizerOptionsSchema, {}),
  schedule: z.prefault(scheduleOptionsSchema, {}),
  checkpoints: z.prefault(checkpointOptionsSchema, {}),
});

/** What a caller may choose of a training. */
export type TrainingOptions = z.input<typeof trainingOptionsSchema>;
