import { z } from 'zod';
import { VARIANT_NAMES } from '../variants/variants';

const wholeNumber = (minimum: number) => {
  const error = `must be a whole number of at least ${minimum}`;
  return z.int({ error }).min(minimum, { error });
};

const numberAbove = (minimum: number) => {
  const error = `must be a number above ${minimum}`;
  return z.number({ error }).gt(minimum, { error });
};

const numberFrom = (minimum: number, below = Infinity) => {
  const error = `must be a number of at least ${minimum}${below === Infinity ? '' : ` and below ${below}`}`;
  return z.number({ error }).min(minimum, { error }).lt(below, { error });
};

const oneOf = <const Names extends readonly [string, ...string[]]>(names: Names) =>
  z.enum(names, { error: `must be one of ${names.join(', ')}` });

const deviationOrHe = z.union([z.literal('he'), z.number().gt(0)], { error: "must be a number above 0, or 'he'" });

/**
 * Everything that decides a training run. One object, validated once; presets are differences from `paper`
 * (see {@link file://./presets.ts}) and flags are differences from a preset. `config.json` of a run holds it whole.
 */
export const trainerOptionsSchema = z.strictObject({
  /** Name of the preset that the options started from. */
  preset: z.string(),
  /** Data folder in Sub-URMP's layout; null: musicians are simulated. Absolute once it is resolved. */
  data: z.string().nullable(),
  /** Run folder. Absolute once it is resolved. */
  out: z.string(),
  /** What computes. */
  backend: z.string(),
  /** Threads of the backend; null: as many as there are cores. */
  threads: wholeNumber(1).nullable(),
  /** What is trained: CMCGAN, a part of it, or a baseline. It sets the options that make it what it is. */
  variant: oneOf(VARIANT_NAMES),
  /** Everything random follows from it. */
  seed: wholeNumber(0).max(2 ** 32 - 1, { error: 'must be below 4294967296' }),

  epochs: wholeNumber(1),
  /** Stops after so many steps, if the epochs don't end sooner. */
  maxSteps: wholeNumber(1).nullable(),
  /** Stops after the step in which so many minutes of training have passed. Such a run depends on the machine's speed. */
  maxMinutes: numberAbove(0).nullable(),
  /** Pairs in one pass; batch statistics are over these. At least 2: a wrong pair (Eq. 1) needs a second instrument. */
  batchSize: wholeNumber(2),
  /** Passes whose gradients are averaged into one update: an update sees batchSize · accumulate pairs. */
  accumulate: wholeNumber(1),
  /** K of Algorithm 1: generator updates after each discriminator update. */
  generatorSteps: wholeNumber(1),
  discriminatorLearningRate: numberAbove(0),
  /** The discriminator's optimiser: SGD with momentum, the paper's, or Adam. */
  discriminatorOptimizer: oneOf(['momentum', 'adam']),
  /** Momentum of the discriminator's SGD; β1 of its Adam. */
  discriminatorMomentum: numberFrom(0, 1),
  generatorLearningRate: numberAbove(0),
  /** How both learning rates go through the planned epochs. */
  learningRateSchedule: oneOf(['constant', 'linear', 'cosine']),
  /** Share of the steps, the last ones, over which `linear` goes down. */
  learningRateDecayShare: z.number({ error: 'must be a number above 0, at most 1' }).gt(0).max(1),
  /** Steps at the start over which both learning rates rise evenly. */
  warmUpSteps: wholeNumber(0),
  /** What the norm over all gradients of a network is clipped to; null: they are taken as they are. */
  gradientClip: numberAbove(0).nullable(),
  /** Decay of the average of the generator's weights that generates (EMA); null: the weights of the last step generate. */
  emaDecay: numberFrom(0, 1).nullable(),
  /** How the real samples of each step are varied, for small data. */
  augmentation: oneOf(['none', 'light', 'masked', 'sounds']),
  /** β1: decay of the first moment of the generator's Adam. */
  generatorBeta1: numberFrom(0, 1),
  /** β2: decay of its second moment. */
  generatorBeta2: numberFrom(0, 1),

  /** Factor on every channel count; 1 is the paper's network. */
  width: numberAbove(0),
  /** Convolutions per encoder: CMCGAN-i. */
  depth: z.union([z.literal(5), z.literal(6), z.literal(7)], { error: 'must be 5, 6 or 7' }),
  /** Dimensions of Z; 0 is NLCMCGAN. */
  latentSize: wholeNumber(0),
  /** The four paths of CMCGAN, or LCGAN's two. */
  paths: oneOf(['four', 'two']),
  /** Last layer of the decoders. */
  outputActivation: oneOf(['tanh', 'batchNormLeakyRelu']),
  /** Batch-norm averages per role (which input, which path), or one mixture per layer. */
  statistics: oneOf(['role', 'mixed']),

  /** Channels of the code F; null: 64 · width. */
  codeSize: wholeNumber(1).nullable(),
  /** Standard deviation of the generator's initial weights, or he: √(2 / fan-in). */
  initialisation: deviationOrHe,
  /** The same of the discriminator's. */
  discriminatorInitialisation: deviationOrHe,
  /** What follows the convolutions of the discriminator. */
  discriminatorNormalisation: oneOf(['batch', 'none']),
  /** Units of a layer between the discriminator's joined features and its logit; 0: none, the literal reading. */
  discriminatorHiddenUnits: wholeNumber(0),
  /** Factor on the discriminator's channel counts; null: the generator's width. */
  discriminatorWidth: numberAbove(0).nullable(),
  /** Channels that each trunk of the discriminator ends in; null: 64 · its width. */
  discriminatorFeatureSize: wholeNumber(1).nullable(),

  /** λ: weight of the consistency loss (Eq. 3) beside the adversarial one (Eq. 2). */
  lambda: numberFrom(0),
  /** The joint corresponding adversarial loss (Eq. 1 and 2), or the standard one: a discriminator of realism for each modality. */
  adversarialLoss: oneOf(['joint', 'standard']),
  /** Which generated samples the discriminator sees as fakes. */
  fakes: oneOf(['ends', 'intermediates', 'both']),
  /** Outputs that the consistency loss compares with the truth: the four ends of the paths (Eq. 3), or all eight. */
  consistency: oneOf(['ends', 'all']),

  /** Model whose weights the run starts from, absolute: a run, a checkpoint or a saved model; null: from new ones. */
  initFrom: z.string().nullable(),
  /** Folder of a trained classifier whose feature S2IC or I2S generates from, absolute; null: one is trained first. */
  featureClassifier: z.string().nullable(),
  /** Steps of the training before the training: of a baseline's classifier or autoencoder. */
  pretrainingSteps: wholeNumber(1),

  /** Simulated data, where no folder is given: pairs of each of the 13 instruments in the training split. */
  simulatedPairsPerClass: wholeNumber(1),
  /** The same in the validation split, from songs of their own. */
  simulatedValidationPairsPerClass: wholeNumber(1),
  /** A loss beyond it has exploded: the run stops. Weighted totals may have any size. null: only numbers that are none stop the run. */
  lossLimit: numberAbove(0).nullable(),
  /** Share of the pairs whose files may become unreadable while the run trains: another pair of the instrument takes their place. */
  unreadableShare: numberFrom(0, 1),
  /** Memory for decoded pairs, in MiB (72 KB a pair); the others are read again from the cache beside the data. */
  dataMemoryMiB: numberFrom(0),
  /** Folder that decoded pairs are kept in, absolute; null: one beside the data. */
  dataCache: z.string().nullable(),
  /** Whether training begins without the pairs whose files are missing or broken. */
  skipBroken: oneOf(['yes', 'no']),
  /** `last` is also written inside an epoch, when so many minutes have passed since it was; null: at the end of each epoch only. */
  checkpointMinutes: numberAbove(0).nullable(),
  /** A full checkpoint is kept every so many epochs beside `last`; 0: only `last`. */
  keepEveryEpochs: wholeNumber(0),

  /** Folder of a frozen judge that chooses the best epoch, absolute; 'trained': one is trained first; null: nothing is scored. */
  judge: z.string().nullable(),
  /** Epochs from one score to the next. */
  judgeEvery: wholeNumber(1),
  /** Pairs whose samples are scored; 'auto': songs set aside from training where no class loses much, else training pairs. */
  judgePairs: oneOf(['auto', 'held', 'train', 'validation']),
  /** Whether a fall of the scores that lasts ends the run. */
  stopOnCollapse: oneOf(['yes', 'no']),
});

/** The resolved options of one run. */
export type TrainerOptions = z.infer<typeof trainerOptionsSchema>;

/** How null is written where there is no null: on the command line and in TOML. */
export const NONE = 'none';

/** Names of all options. */
export const OPTION_NAMES = Object.keys(trainerOptionsSchema.shape) as readonly (keyof TrainerOptions)[];

/** Whether there is an option of that name. */
export function isOption(name: string): name is keyof TrainerOptions {
  return Object.hasOwn(trainerOptionsSchema.shape, name);
}

/** Whether an option may be null. */
export function isNullable(key: keyof TrainerOptions): boolean {
  return trainerOptionsSchema.shape[key].safeParse(null).success;
}
