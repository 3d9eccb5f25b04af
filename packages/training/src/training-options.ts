import * as z from 'zod/mini';
import { numberFrom, oneOf, positive, wholeNumber, withDefault } from '@cmcgan/options';
import { SAMPLING_NAMES } from '@cmcgan/sub-urmp/options';
import { AUGMENTATION_NAMES } from './augmentation/augmentations';
import { scheduleOptionsSchema } from './learning-rate-factor';
import { optimizerOptionsSchema } from './optimizer-options';
import { stepOptionsSchema } from './step/step-options';

const checkpointOptionsSchema = z.strictObject({
  /** Minutes after which a checkpoint is also saved within an epoch; null: only at the end of each epoch. */
  everyMinutes: withDefault(z.nullable(positive()), null),
  /**
   * At the end of an epoch, none is saved if the one before is younger than this, unless the run ends or the checkpoint is to be kept; 0: at
   * the end of each epoch.
   */
  minMinutes: withDefault(numberFrom(0), 0),
  /** A checkpoint is kept every so many epochs, as `epoch-NNN`, besides the last one; 0: only the last. */
  keepEveryEpochs: withDefault(wholeNumber(0), 0),
});

/** All training options that are plain JSON, each with its rule and default. */
export const trainingOptionsSchema = z.strictObject({
  /** Seed of everything random. */
  seed: wholeNumber(0).check(z.lt(2 ** 32, { error: 'must be below 4294967296' })),
  /** Passes over the training pairs. */
  epochs: wholeNumber(1),
  /** Stops after this many steps, if the epochs don't end sooner; null: no limit. */
  maxSteps: withDefault(z.nullable(wholeNumber(1)), null),
  /** Stops after the step in which this many minutes of training are reached. Such a run depends on the machine's speed. */
  maxMinutes: withDefault(z.nullable(positive()), null),
  /** Pairs per pass, over which batch statistics are computed. At least 2: a wrong pair (Eq. 1) needs a second instrument. */
  batchSize: z.optional(wholeNumber(2)),
  /** How often an epoch, whose number of steps stays the same, draws the pairs of each class: those of small classes more often unless shuffled. */
  sampling: withDefault(oneOf(SAMPLING_NAMES), 'shuffled'),
  /** Passes whose gradients are averaged into one update, which sees batchSize · accumulate pairs. */
  accumulate: withDefault(wholeNumber(1), 1),
  /** Decay of the average of the generator's weights (EMA) that is used to generate; null: the weights of the last step are. */
  averageDecay: withDefault(z.nullable(numberFrom(0, 1)), null),
  /** How the real samples of each step are varied, for small data sets. */
  augmentation: withDefault(oneOf(AUGMENTATION_NAMES), 'none'),
  /** A larger loss has exploded and stops the run. Weighted totals may have any size. null: only NaN and infinity stop it. */
  lossLimit: withDefault(z.nullable(positive()), null),
  step: z.prefault(stepOptionsSchema, {}),
  optimizers: z.prefault(optimizerOptionsSchema, {}),
  schedule: z.prefault(scheduleOptionsSchema, {}),
  checkpoints: z.prefault(checkpointOptionsSchema, {}),
});

/** The same options as a caller gives them. */
export type TrainingOptions = z.input<typeof trainingOptionsSchema>;
