import * as z from 'zod/mini';
import { flatten, type OptionPath, type ValueAt } from './option-path';
import { VARIANTS, type VariantName } from '../variants/variants';
import { trainerOptionsSchema } from './trainer-options';

/** Options that no preset sets: where the data are, where the run is written and what it runs on. */
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
 * The paper's settings (section on implementation details, Algorithm 1), and our choices where it is silent: the packages' defaults, plus
 * the options that have none.
 */
export const PAPER_OPTIONS = paperOptions();

function paperOptions(): PresetOptions {
  const options = z.parse(trainerOptionsSchema, {
    ...{ preset: 'paper', out: '', backend: '' },
    ...{ seed: 1, epochs: 200, batchSize: 64, lossLimit: 1000 },
    checkpoints: { everyMinutes: 5, minMinutes: 1, keepEveryEpochs: 50 },
  });
  const perRun: readonly string[] = PER_RUN;
  const rows = Object.entries(flatten(options)).filter(([path]) => !perRun.includes(path));
  return Object.fromEntries(rows) as PresetOptions;
}

const SUPERVISE_ALL = ['all', 'with the ends alone, the direct outputs stay noise and the ends learn more slowly'] as const;
const NAMING_DISCRIMINATOR = [1, 'instruments are learnt in half the steps, and their sounds stay apart for longer'] as const;
const HEAVY_CONSISTENCY = [10, 'at 1, a short run gives blurrier pictures and lower accuracy'] as const;
const CALM_ADAM = [0.5, 'the usual value for adversarial training; 0.9 oscillates in short runs'] as const;
const WIDE_CODE = [64, "the paper's 64 channels at any width: 64 · width would squeeze a sample through 8 numbers"] as const;
const SMALL_LATENT = [
  16,
  "next to 100 random numbers the code is the smaller part of the decoder's input, and is learnt later",
] as const;
const SIX_CONVOLUTIONS = [
  6,
  'six convolutions learn faster than seven and do not fall late; --variant cmcgan-7 has the seven',
] as const;

/** The weights oscillate from step to step: an average over some hundred steps generates better (docs/experiments/2026-11-22-laptop.md). */
const averaged = (decay: number) => [decay, 'the average of the last steps generates better than the last step'] as const;

/** What lets the discriminator learn in the few steps of a short run (docs/decisions/2026-11-22-discriminator.md). */
const LEARNING_DISCRIMINATOR = {
  'model.discriminator.hiddenUnits': [
    64,
    'without a hidden layer, its logit is an image term plus a sound term, which cannot tell whether they match',
  ],
  'optimizers.discriminator.kind': ['adam', "with SGD at the paper's rate its loss stays at 4 ln 2 for hundreds of steps"],
  'optimizers.discriminator.momentum': [0.5, 'β1, as for the generator'],
  'optimizers.discriminator.learningRate': [0.0002, "a fifth of the generator's, which still has to learn to draw"],
  'model.discriminator.featureSize': [64, 'the same as the code'],
} as const;

/** Presets by name. To add one: one row. */
export const PRESETS = {
  paper: { summary: "exactly the paper's settings; takes days on two cores, needs a fast backend", changes: {} },
  laptop: {
    summary: 'learns from a few hundred real pairs within 30 minutes on two cores',
    changes: {
      'model.width': [0.125, 'a sixty-fourth of the work: more steps in half an hour are worth more than more channels'],
      batchSize: [16, 'more updates per pair seen, and fits into any memory'],
      epochs: [90, 'about 2250 steps on 400 training pairs; scores rise until about epoch 70'],
      maxMinutes: [26, 'half an hour including the judge, on any machine and with any number of pairs'],
      'model.codeSize': WIDE_CODE,
      'model.latentSize': SMALL_LATENT,
      ...LEARNING_DISCRIMINATOR,
      'step.consistency': SUPERVISE_ALL,
      'step.lambda': HEAVY_CONSISTENCY,
      'step.classification': NAMING_DISCRIMINATOR,
      'step.modeSeeking': [
        0.12,
        'otherwise the latent changes nothing; 0.2 costs pictures their accuracy. Off for simulated musicians',
      ],
      'optimizers.generator.beta1': CALM_ADAM,
      'schedule.kind': ['linear', 'lets the weights settle in the second half'],
      averageDecay: averaged(0.999),
      classifierAugmentation: ['ears', 'a classifier hears better when sounds are moved in pitch; off for simulated musicians'],
      'model.depth': SIX_CONVOLUTIONS,
      augmentation: [
        'encoder-ears',
        'otherwise a few hundred sounds are memorised, and new ones are recognised less well; outputs learn sounds at their own pitch',
      ],
      'checkpoints.keepEveryEpochs': [40, 'three to choose from: these networks can collapse late'],
      'judge.everyEpochs': [3, 'scoring takes about two percent of the time'],
    },
  },
  quickstart: {
    summary: 'what `npm run quickstart` runs: simulated musicians, a few minutes from nothing to pictures',
    changes: {
      'model.width': [0.125, 'about four steps per second on two cores'],
      batchSize: [16, 'more updates per pair seen'],
      epochs: [28, 'about 1200 steps, three to four minutes of training on two cores'],
      maxMinutes: [4, 'with the installation, a first look should take five minutes at most, on a slow machine too'],
      'model.depth': SIX_CONVOLUTIONS,
      'model.codeSize': WIDE_CODE,
      'model.latentSize': SMALL_LATENT,
      ...LEARNING_DISCRIMINATOR,
      'model.discriminator.width': [0.0625, "half of the generator's, which saves a quarter of the time of each step"],
      'step.consistency': SUPERVISE_ALL,
      'step.lambda': HEAVY_CONSISTENCY,
      'step.classification': NAMING_DISCRIMINATOR,
      'optimizers.generator.beta1': CALM_ADAM,
      averageDecay: averaged(0.99),
      'checkpoints.keepEveryEpochs': [0, 'a first look needs only the last one'],
      'judge.source': [null, 'training a judge would take a minute of the few available'],
      releasedFirst: ['yes', 'a first look should show something good within a minute'],
    },
  },
  quick: {
    summary: 'for tests, takes seconds: shows that every part works, learns nothing',
    changes: {
      'model.width': [0.0625, 'the smallest that keeps every layer'],
      batchSize: [4, 'the fewest pairs with several instruments'],
      epochs: [2, 'so that going on to the next epoch is tested'],
      'model.latentSize': [8, 'small, but not left out'],
      'optimizers.generator.learningRate': [
        0.00005,
        'backends round differently: at 0.001 their losses drift apart by 1e-2 within 20 steps, here they stay within 1e-3',
      ],
      'baseline.pretrainingSteps': [2, "so that pretraining a baseline's classifier is tested"],
      'data.simulated.pairsPerClass': [1, 'the fewest: three steps per epoch'],
      'data.simulated.validationPairsPerClass': [1, 'the fewest: one row of each grid'],
      'checkpoints.keepEveryEpochs': [1, 'so that keeping is tested'],
      'judge.source': [null, 'a useful judge takes a minute to train'],
      listeningPairs: [0, 'rendering two of each instrument takes as long as everything else'],
    },
  },
} as const satisfies Record<string, Preset>;

/** Name of a preset. */
export type PresetName = keyof typeof PRESETS;

/** The default preset. `paper` would run for days on the machines on which most people start. */
export const DEFAULT_PRESET: PresetName = 'laptop';

/** What `laptop` changes on simulated musicians: a picture shows pitch and loudness, so that one sound is right, which the latent must not change. */
const LAPTOP_SIMULATED: Preset['changes'] = {
  'data.simulated.pairsPerClass': [460, 'the pitch is not learnt from 54'],
  'data.simulated.validationPairsPerClass': [30, 'how often the pitch is right is known within five points'],
  epochs: [10, 'about 3700 steps, a quarter to half an hour on two cores'],
  maxMinutes: [45, 'the pitch becomes exact in the second half, as the learning rate falls'],
  augmentation: [
    'encoder-light',
    'otherwise pictures and sounds are memorised; not moved in pitch, which simulated pictures show',
  ],
  'step.lambda': [50, 'at 10 the discriminator turns pictures to mosaic late in a run, and the pitch is lost'],
  'step.imageDistance': ['squared', 'absolute errors leave out what is thin and never in one place: bows, clarinets, flutes'],
  'optimizers.discriminator.learningRate': [0.00005, 'a faster one wins late in the run'],
};
/** What it also changes there where the discriminator judges pairs: encoders first learn what goes together, decoders then from their codes. */
const LAPTOP_FINDING: Preset['changes'] = {
  epochs: [5, 'about 1900 steps; the decoders have learnt most beforehand'],
  maxMinutes: [
    90,
    'about an hour on one core, most of it before the first step of Algorithm 1; cut short there, the ends of paths show less',
  ],
  contrastiveSteps: [3000, 'the pitch is found in a few minutes; beside all other losses, not in ten'],
  decoderSteps: [9000, 'decoders alone take twice as many steps a minute, and learn in them what whole steps hardly do'],
  pathSteps: [
    2000,
    'otherwise encoders read the pitch of generated samples, at the ends of paths, far less well than that of real ones',
  ],
  similarMeans: [16, 'four fifths of the error of a picture are its framing, below which the pitch is found late'],
  'optimizers.generator.encoders': ['frozen', 'otherwise codes lose what they were taught'],
  'optimizers.generator.learningRate': [0.0003, 'keeps what the decoders have learnt'],
  'step.lambda': [200, 'the error of means is a fifth of that of single pictures'],
};
/** What `laptop` leaves as in the paper there. */
const LAPTOP_NOT_SIMULATED = ['classifierAugmentation', 'step.modeSeeking', 'step.classification'];

/** What the changes of a preset depend on besides its name. */
export interface PresetSituation {
  /** Whether the data are simulated. */
  readonly simulated: boolean;
  /** Name of what is trained; an unknown one counts as CMCGAN. */
  readonly variant: string;
}

/** A preset's changes, with their reasons. */
export function presetChanges(name: PresetName, { simulated, variant }: PresetSituation): Preset['changes'] {
  const { changes }: Preset = PRESETS[name];
  if (!simulated || name !== 'laptop') return changes;
  const kept = Object.entries(changes).filter(([path]) => !LAPTOP_NOT_SIMULATED.includes(path));
  return { ...Object.fromEntries(kept), ...LAPTOP_SIMULATED, ...(findsPairs(variant) && LAPTOP_FINDING) };
}

/** Whether a variant can learn which sound belongs to a picture. */
function findsPairs(variant: string): boolean {
  const known = Object.hasOwn(VARIANTS, variant) ? VARIANTS[variant as VariantName] : VARIANTS.cmcgan;
  return !Object.hasOwn(known.sets, 'contrastiveSteps');
}

/** The paper's options with the preset's changes. */
export function presetOptions(name: PresetName, situation: PresetSituation): PresetOptions {
  const changes = Object.entries(presetChanges(name, situation)).map(([key, [value]]) => [key, value]);
  return { ...PAPER_OPTIONS, ...Object.fromEntries(changes) };
}
