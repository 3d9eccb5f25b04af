import * as z from 'zod/mini';
import { CLASSIFIER_AUGMENTATIONS, type ClassifierAugmentationName } from '@cmcgan/classifier';
import { modelOptionsSchema } from '@cmcgan/model/options';
import { oneOf, positive, text, wholeNumber, withDefault } from '@cmcgan/options';
import { dataOptionsSchema } from '@cmcgan/sub-urmp/options';
import { trainingOptionsSchema } from '@cmcgan/training/options';
import { judgeOptionsSchema } from '../judging/judge-options';
import { baselineOptionsSchema } from '../variants/baseline-options';
import { VARIANT_NAMES } from '../variants/variants';

/**
 * All options of a training run, in slices that are each defined by the package that uses them. One object, validated once;
 * presets are differences from the paper (see {@link file://./presets.ts}) and flags are differences from a preset. A run's `config.json`
 * holds all of it.
 */
export const trainerOptionsSchema = z.strictObject({
  /** Name of the preset that the options started from. */
  preset: text(),
  /** Run folder; absolute once resolved. */
  out: text(),
  /** Compute backend. */
  backend: text(),
  /** Threads of the backend; null: one per core. */
  threads: withDefault(z.nullable(wholeNumber(1)), null),
  /** Seconds after SIGTERM in which the run must have been saved and ended, else it ends without saving; null: no limit. */
  graceSeconds: withDefault(z.nullable(positive()), null),
  /** Seconds that rank 0 waits for the other ranks before it names those that are late, and again each time as long; null: never. */
  stallSeconds: withDefault(z.nullable(positive()), 60),
  /** What is trained: CMCGAN, a reduced CMCGAN, or a baseline. It sets the options that define it. */
  variant: withDefault(oneOf(VARIANT_NAMES), 'cmcgan'),
  /** Model whose weights the run starts from, absolute: a run, a checkpoint or a saved model; null: new weights. */
  initFrom: withDefault(z.nullable(text()), null),
  /** Whether the released weights first restore a few pictures and sounds, which the report opens with. */
  releasedFirst: withDefault(oneOf(['yes', 'no']), 'no'),
  /** Pairs of each instrument whose recordings and generated sounds are written at the end, for the report to play. */
  listeningPairs: withDefault(wholeNumber(0), 2),
  ...z.required(trainingOptionsSchema, { batchSize: true }).shape,
  data: z.prefault(dataOptionsSchema, {}),
  model: z.prefault(modelOptionsSchema, {}),
  judge: z.prefault(judgeOptionsSchema, {}),
  /** How real samples are varied for the classifiers that the run trains: its judge, and φ of S2IC and I2S. */
  classifierAugmentation: withDefault(oneOf(Object.keys(CLASSIFIER_AUGMENTATIONS) as ClassifierAugmentationName[]), 'light'),
  /** Steps in which the encoders and the joint discriminator first learn to find a picture by its sound, before the first step of Algorithm 1; 0: none. */
  contrastiveSteps: withDefault(wholeNumber(0), 0),
  /** Steps in which the decoders alone then learn to make samples from what encoders found, by the consistency loss; 0: none. */
  decoderSteps: withDefault(wholeNumber(0), 0),
  /** Steps in which decoders then also learn to make the samples on the way to the paths' ends, and encoders to read them; 0: none. */
  pathSteps: withDefault(wholeNumber(0), 0),
  /**
   * Pairs with similar codes whose means the consistency loss compares with, the pair itself among them, wherever the codes of real samples no longer
   * change: in `decoderSteps` and `pathSteps`, and from the first step of Algorithm 1 on if the encoders are frozen. 1: the samples as they are.
   */
  similarMeans: withDefault(wholeNumber(1), 1),
  baseline: z.prefault(baselineOptionsSchema, {}),
});

/** The resolved options of one run. */
export type TrainerOptions = z.output<typeof trainerOptionsSchema>;
