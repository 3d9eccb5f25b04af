import * as z from 'zod/mini';
import { flatten, type OptionPath, type ValueAt } from './option-path';
import { trainerOptionsSchema } from './trainer-options';

/** Options that no preset sets: where the data are, where the run goes and what it runs on. */
const PER_RUN = ['preset', 'data.folder', 'out', 'backend', 'threads'] as const satisfies readonly OptionPath[];

/** An option that a preset may set. */
export type PresetPath = Exclude<OptionPath, (typeof PER_RUN)[number]>;

/** A value for each of them. */
export type PresetOptions = { readonly [Path in PresetPath]: ValueAt<Path> };

/** One changed option with the reason for its value. */
type Change<Value> = readonly [value: Value, reason: string];

/** A named difference from the paper. */
export interface Preset {
  readonly summary: string;
  readonly changes: { readonly [Path in PresetPath]?: Change<ValueAt<Path>> };
}

/**
 * The paper's settings (section on implementation details, Algorithm 1), and our reading where it is silent: the packages' own, with what
 * they leave to their caller.
 */
export const PAPER_OPTIONS = paperOptions();

function paperOptions(): PresetOptions {
  const options = z.parse(trainerOptionsSchema, {
    ...{ preset: 'paper', out: '', backend: '' },
    ...{ seed: 1, epochs: 200, batchSize: 64, lossLimit: 1000 },
    checkpoints: { everyMinutes: 5, keepEveryEpochs: 50 },
  });
  const perRun: readonly string[] = PER_RUN;
  const rows = Object.entries(flatten(options)).filter(([path]) => !perRun.includes(path));
  return Object.fromEntries(rows) as PresetOptions;
}

const SUPERVISE_ALL = ['all', 'with the ends alone the direct outputs stay noise, and the ends learn slower'] as const;
const HEAVY_CONSISTENCY = [10, 'at 1 the few steps of a short run give blurrier pictures and lower accuracy'] as const;
const CALM_ADAM = [0.5, 'the usual value for adversarial training; 0.9 oscillates in short runs'] as const;
const WIDE_CODE = [64, "the paper's 64 channels at any width: 64 · width would squeeze a sample through 8 numbers"] as const;
const SMALL_LATENT = [
  16,
  'beside 100 random numbers the code is the smaller part of what a decoder is given, and is learnt later',
] as const;

/** The last weights swing about what they have learnt: an average of some hundred steps generates better (docs/experiments/2026-11-22-laptop.md). */
const averaged = (decay: number) => [decay, 'the average of the last steps generates better than the last step does'] as const;

/** What lets the discriminator learn in the few steps of a short run (docs/decisions/2026-11-22-discriminator.md). */
const LEARNING_DISCRIMINATOR = {
  'model.discriminator.hiddenUnits': [
    64,
    'without a hidden layer its logit is a sum of an image term and a sound term: it can match nothing',
  ],
  'optimizers.discriminator.kind': ['adam', "with SGD at the paper's rate its loss stays at 4 ln 2 for hundreds of steps"],
  'optimizers.discriminator.momentum': [0.5, 'β1, as for the generator'],
  'optimizers.discriminator.learningRate': [0.0002, "a fifth of the generator's, which still has to learn to draw"],
  'model.discriminator.featureSize': [64, 'as the code'],
} as const;

/** Presets by name. To add one: one row. */
export const PRESETS = {
  paper: { summary: "exactly the paper's settings; days on two cores, made for a fast backend", changes: {} },
  laptop: {
    summary: 'learns from a few hundred real pairs within 30 minutes on two cores',
    changes: {
      'model.width': [0.125, 'a sixty-fourth of the work: more steps in half an hour are worth more than more channels'],
      batchSize: [16, 'more updates per pair seen, and fits any memory'],
      epochs: [60, 'about 1500 steps on 400 training pairs; by 90 the sounds were worse'],
      maxMinutes: [26, 'with the judge half an hour, whatever the machine and the number of pairs: what was promised'],
      'model.codeSize': WIDE_CODE,
      'model.latentSize': SMALL_LATENT,
      ...LEARNING_DISCRIMINATOR,
      'step.consistency': SUPERVISE_ALL,
      'step.lambda': HEAVY_CONSISTENCY,
      'optimizers.generator.beta1': CALM_ADAM,
      'schedule.kind': ['linear', 'the second half settles what the first has found'],
      averageDecay: averaged(0.995),
      augmentation: ['sounds', 'a few hundred sounds are learnt by heart otherwise, and other sounds are heard worse'],
      'checkpoints.keepEveryEpochs': [20, 'three to choose from: these networks can collapse late'],
      'judge.everyEpochs': [3, 'about two percent of the time goes into scores'],
    },
  },
  quickstart: {
    summary: 'what `npm run quickstart` runs: simulated musicians, a few minutes from nothing to pictures',
    changes: {
      'model.width': [0.125, 'about two steps a second on two cores'],
      batchSize: [16, 'more updates per pair seen'],
      epochs: [16, 'about 700 steps, four and a half minutes of training on two cores'],
      maxMinutes: [4.5, 'a first look should not take longer on a slow machine'],
      'model.codeSize': WIDE_CODE,
      'model.latentSize': SMALL_LATENT,
      ...LEARNING_DISCRIMINATOR,
      'model.discriminator.width': [0.0625, "half of the generator's: a quarter of the time of a step goes to more steps"],
      'step.consistency': SUPERVISE_ALL,
      'step.lambda': HEAVY_CONSISTENCY,
      'optimizers.generator.beta1': CALM_ADAM,
      averageDecay: averaged(0.99),
      'checkpoints.keepEveryEpochs': [0, 'a first look needs only the last one'],
      'judge.source': [null, 'a judge takes a minute to train, of the few that there are'],
    },
  },
  quick: {
    summary: 'seconds, for tests: shows that every part works, learns nothing',
    changes: {
      'model.width': [0.0625, 'the smallest that keeps every layer'],
      batchSize: [4, 'the fewest pairs with several instruments'],
      epochs: [2, 'one epoch after another is tested too'],
      'model.latentSize': [8, 'small, but there'],
      'optimizers.generator.learningRate': [
        0.00005,
        'backends round differently: at 0.001 the losses of two drift apart by 1e-2 within 20 steps, here they stay within 1e-3',
      ],
      'baseline.pretrainingSteps': [2, 'that a baseline trains its classifier first is tested too'],
      'data.simulated.pairsPerClass': [1, 'the fewest: three steps an epoch'],
      'data.simulated.validationPairsPerClass': [1, 'the fewest: one row of each grid'],
      'checkpoints.keepEveryEpochs': [1, 'so that keeping is tested'],
      'judge.source': [null, 'a judge that can judge takes a minute to train'],
    },
  },
} as const satisfies Record<string, Preset>;

/** Name of a preset. */
export type PresetName = keyof typeof PRESETS;

/** Taken when no preset is named: `paper` would run for days where most people try this first. */
export const DEFAULT_PRESET: PresetName = 'laptop';

/** The paper's options with the preset's changes. */
export function presetOptions(name: PresetName): PresetOptions {
  const changes = Object.entries(PRESETS[name].changes).map(([key, [value]]) => [key, value]);
  return { ...PAPER_OPTIONS, ...Object.fromEntries(changes) };
}
