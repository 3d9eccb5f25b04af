import { NONE, type OptionPath } from './option-path';

/** One flag of the command line: its name, the option that it sets, and how its value is parsed. */
export interface Flag {
  readonly name: string;
  /** Name of its value in --help; left out: the flag is a switch. */
  readonly value?: string;
  /** What a switch sets the option to. */
  readonly sets?: string;
  readonly path: OptionPath;
  readonly read: 'text' | 'number' | 'path';
  /** Values that are not paths, for a flag that otherwise takes one. */
  readonly names?: readonly string[];
  /** Option values that have another name on the command line, by that name. */
  readonly words?: Readonly<Record<string, string>>;
  readonly help: string;
  readonly group: FlagGroup;
}

/** Headings of the groups of flags in --help, in order. */
export const FLAG_GROUPS = {
  data: 'Data and output:',
  length: 'Duration and checkpoints:',
  updates: 'Updates:',
  networks: 'Networks:',
  losses: 'Losses:',
  judging: 'The best epoch:',
  machine: 'Hardware:',
} as const;

export type FlagGroup = keyof typeof FLAG_GROUPS;

/** Every training flag that sets one option; within a group, in the order of --help. To add one: one row. */
export const FLAGS: readonly Flag[] = [
  {
    name: 'data',
    group: 'data',
    value: 'folder',
    path: 'data.folder',
    read: 'path',
    help: "image-sound pairs in Sub-URMP's layout (default: simulated musicians)",
  },
  {
    name: 'out',
    group: 'data',
    value: 'folder',
    path: 'out',
    read: 'path',
    help: 'run folder (default: runs/<preset>, or the next free name)',
  },
  {
    name: 'init-from',
    group: 'data',
    value: 'model',
    path: 'initFrom',
    read: 'path',
    help: 'start from the weights of a run, a checkpoint or a saved model, with its networks and decibel range',
  },
  {
    name: 'variant',
    group: 'data',
    value: 'name',
    path: 'variant',
    read: 'text',
    help: 'what to train: CMCGAN, a reduced CMCGAN, or a baseline (see Variants)',
  },
  {
    name: 'replay',
    group: 'machine',
    value: 'mode',
    path: 'step.replay',
    read: 'text',
    help: "auto: record a step's kernels once and replay them, which is faster; off: never",
  },
  {
    name: 'backend',
    group: 'machine',
    value: 'name',
    path: 'backend',
    read: 'text',
    help: 'compute backend (see Backends) [wasm]',
  },
  {
    name: 'threads',
    group: 'machine',
    value: 'count',
    path: 'threads',
    read: 'number',
    help: 'threads of the backend (default: one per core)',
  },
  { name: 'seed', group: 'data', value: 'number', path: 'seed', read: 'number', help: 'seed of everything random' },
  { name: 'epochs', group: 'length', value: 'count', path: 'epochs', read: 'number', help: 'passes over the training pairs' },
  { name: 'max-steps', group: 'length', value: 'count', path: 'maxSteps', read: 'number', help: 'stop after this many steps' },
  {
    name: 'max-minutes',
    group: 'length',
    value: 'minutes',
    path: 'maxMinutes',
    read: 'number',
    help: 'stop after this many minutes of training',
  },
  { name: 'batch-size', group: 'updates', value: 'pairs', path: 'batchSize', read: 'number', help: 'pairs per pass' },
  {
    name: 'accumulate',
    group: 'updates',
    value: 'passes',
    path: 'accumulate',
    read: 'number',
    help: 'passes averaged into one update (batch statistics are per pass)',
  },
  {
    name: 'generator-steps',
    group: 'updates',
    value: 'count',
    path: 'step.generatorUpdates',
    read: 'number',
    help: 'K: generator updates per discriminator update',
  },
  {
    name: 'width',
    group: 'networks',
    value: 'factor',
    path: 'model.width',
    read: 'number',
    help: "factor applied to every channel count (1: the paper's network)",
  },
  {
    name: 'depth',
    group: 'networks',
    value: 'layers',
    path: 'model.depth',
    read: 'number',
    help: 'convolutions per encoder: 5, 6 or 7',
  },
  {
    name: 'latent-size',
    group: 'networks',
    value: 'count',
    path: 'model.latentSize',
    read: 'number',
    help: 'dimensions of the latent Z; 0: none',
  },
  {
    name: 'code-size',
    group: 'networks',
    value: 'channels',
    path: 'model.codeSize',
    read: 'number',
    help: 'channels of the code F (default: 64 · width)',
  },
  {
    name: 'discriminator-hidden-units',
    group: 'networks',
    value: 'count',
    path: 'model.discriminator.hiddenUnits',
    read: 'number',
    help: "units between the discriminator's joined features and its logit; 0: none",
  },
  {
    name: 'lambda',
    group: 'losses',
    value: 'weight',
    path: 'step.lambda',
    read: 'number',
    help: 'weight of the consistency loss',
  },
  {
    name: 'paths',
    group: 'networks',
    value: 'which',
    path: 'model.paths',
    read: 'text',
    help: 'four (CMCGAN) or two (LCGAN)',
  },
  {
    name: 'adversarial-loss',
    group: 'losses',
    value: 'which',
    path: 'model.discriminator.kind',
    read: 'text',
    words: { standard: 'unimodal' },
    help: 'joint (the paper), or standard: one discriminator per modality that judges realism only',
  },
  {
    name: 'fakes',
    group: 'losses',
    value: 'which',
    path: 'step.fakes',
    read: 'text',
    help: 'generated samples that the discriminator sees: ends, intermediates or both',
  },
  {
    name: 'consistency',
    group: 'losses',
    value: 'which',
    path: 'step.consistency',
    read: 'text',
    help: 'outputs compared with the real samples: ends or all',
  },
  {
    name: 'feature-matching',
    group: 'losses',
    value: 'weight',
    path: 'step.featureMatching',
    read: 'number',
    help: "weight of the distance between the joint discriminator's features of generated and real samples; 0: none",
  },
  {
    name: 'mode-seeking',
    group: 'losses',
    value: 'weight',
    path: 'step.modeSeeking',
    read: 'number',
    help: 'weight of the mode-seeking loss, which makes the latent matter (try 0.01); 0: none',
  },
  {
    name: 'statistics',
    group: 'networks',
    value: 'kind',
    path: 'model.statistics',
    read: 'text',
    help: 'batch-norm averages: one set per role of the input (role) or per layer (mixed)',
  },
  {
    name: 'discriminator-learning-rate',
    group: 'updates',
    value: 'rate',
    path: 'optimizers.discriminator.learningRate',
    read: 'number',
    help: "learning rate of the discriminator's optimiser",
  },
  {
    name: 'discriminator-optimizer',
    group: 'updates',
    value: 'name',
    path: 'optimizers.discriminator.kind',
    read: 'text',
    help: 'momentum (SGD, the paper) or adam',
  },
  {
    name: 'generator-learning-rate',
    group: 'updates',
    value: 'rate',
    path: 'optimizers.generator.learningRate',
    read: 'number',
    help: "learning rate of the generator's Adam",
  },
  {
    name: 'learning-rate-schedule',
    group: 'updates',
    value: 'name',
    path: 'schedule.kind',
    read: 'text',
    help: 'how both learning rates change over the epochs: constant, linear (falls at the end) or cosine',
  },
  {
    name: 'learning-rate-decay-share',
    group: 'updates',
    value: 'share',
    path: 'schedule.decayShare',
    read: 'number',
    help: 'share of the steps, at the end, over which linear falls to 0',
  },
  {
    name: 'warm-up-steps',
    group: 'updates',
    value: 'count',
    path: 'schedule.warmUpSteps',
    read: 'number',
    help: 'steps at the start over which both learning rates rise linearly',
  },
  {
    name: 'gradient-clip',
    group: 'updates',
    value: 'norm',
    path: 'step.gradientClip',
    read: 'number',
    help: "largest norm of a network's gradients; none: no clipping",
  },
  {
    name: 'ema-decay',
    group: 'updates',
    value: 'decay',
    path: 'averageDecay',
    read: 'number',
    help: "generate with an average of the generator's weights with this decay (e.g. 0.999); none: with the last weights",
  },
  {
    name: 'augmentation',
    group: 'updates',
    value: 'name',
    path: 'augmentation',
    read: 'text',
    help: 'how real samples are varied, for small data sets: none, light, masked, sounds (only) or ears (sounds, in pitch too)',
  },
  {
    name: 'classifier-augmentation',
    group: 'judging',
    value: 'name',
    path: 'classifierAugmentation',
    read: 'text',
    help: "how they are varied for the judge and a baseline's classifier: light, or ears (sounds in pitch too)",
  },
  {
    name: 'loss-limit',
    group: 'length',
    value: 'loss',
    path: 'lossLimit',
    read: 'number',
    help: 'stop when a loss exceeds this: it has exploded; none: only when one is NaN or infinite',
  },
  {
    name: 'unreadable-share',
    group: 'data',
    value: 'share',
    path: 'data.unreadableShare',
    read: 'number',
    help: 'tolerate files that become unreadable during the run, up to this share of the pairs',
  },
  {
    name: 'skip-broken',
    group: 'data',
    sets: 'skip',
    path: 'data.onBroken',
    read: 'text',
    help: 'leave out pairs whose files are missing or broken; the first few are named',
  },
  {
    name: 'data-cache',
    group: 'machine',
    value: 'folder',
    path: 'data.cacheFolder',
    read: 'path',
    help: 'cache folder for decoded pairs (default: .cmcgan-cache in the data folder)',
  },
  {
    name: 'data-memory',
    group: 'machine',
    value: 'MiB',
    path: 'data.memoryMiB',
    read: 'number',
    help: 'memory for decoded pairs; the rest are read from the cache each time',
  },
  {
    name: 'checkpoint-minutes',
    group: 'length',
    value: 'minutes',
    path: 'checkpoints.everyMinutes',
    read: 'number',
    help: 'save this often within an epoch, too; none: only at the end of each epoch',
  },
  {
    name: 'min-checkpoint-minutes',
    group: 'length',
    value: 'minutes',
    path: 'checkpoints.minMinutes',
    read: 'number',
    help: 'after a short epoch, save only if the last checkpoint is this old; 0: after each epoch',
  },
  {
    name: 'feature-classifier',
    group: 'networks',
    value: 'folder',
    path: 'baseline.featureClassifier',
    read: 'path',
    help: 'trained classifier for the baselines s2ic and i2s (default: train one first)',
  },
  {
    name: 'pretraining-steps',
    group: 'networks',
    value: 'count',
    path: 'baseline.pretrainingSteps',
    read: 'number',
    help: "steps for a baseline's classifier or autoencoder, which is trained first",
  },
  {
    name: 'keep-every',
    group: 'length',
    value: 'epochs',
    path: 'checkpoints.keepEveryEpochs',
    read: 'number',
    help: 'also keep a checkpoint every so many epochs; 0: only the last one',
  },
  {
    name: 'judge',
    group: 'judging',
    value: 'folder',
    path: 'judge.source',
    read: 'path',
    names: ['trained'],
    help: 'frozen judge whose scores choose the best epoch; trained: train one first; none: no scores',
  },
  {
    name: 'judge-every',
    group: 'judging',
    value: 'epochs',
    path: 'judge.everyEpochs',
    read: 'number',
    help: 'score every so many epochs, and after the last one',
  },
  {
    name: 'judge-pairs',
    group: 'judging',
    value: 'which',
    path: 'judge.pairs',
    read: 'text',
    help: 'pairs to score: held (songs held out from training), train or validation; auto: held if no class loses many pairs, else train',
  },
  {
    name: 'stop-on-collapse',
    group: 'judging',
    value: 'yes|no',
    path: 'judge.stopOnCollapse',
    read: 'text',
    help: 'end the run when the scores fall far below the best and stay there',
  },
];

/** The flag that sets an option; undefined if none does. */
export function flagOf(path: string): Flag | undefined {
  return FLAGS.find((flag) => flag.path === path);
}

/** An option's value as it is written on the command line. */
export function wordOf(path: string, value: unknown): string {
  const words = Object.entries(flagOf(path)?.words ?? {});
  return words.find(([, meant]) => meant === value)?.[0] ?? (value === null ? NONE : String(value));
}
