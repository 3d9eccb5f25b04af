import { NONE, type OptionPath } from './option-path';

/** One flag of the command line: how it is typed, the option that it sets, how its text is read. */
export interface Flag {
  readonly name: string;
  /** What its value is called; left out: a switch. */
  readonly value?: string;
  /** What a switch sets the option to. */
  readonly sets?: string;
  readonly path: OptionPath;
  readonly read: 'text' | 'number' | 'path';
  /** Texts that are taken as they are where a path is read. */
  readonly names?: readonly string[];
  /** Words of the command line for values of the option. */
  readonly words?: Readonly<Record<string, string>>;
  readonly help: string;
  readonly group: FlagGroup;
}

/** Groups of --help, in their order, with their headings. */
export const FLAG_GROUPS = {
  data: 'What to train on, and where to:',
  length: 'How long, and what is kept:',
  updates: 'Updates:',
  networks: 'Networks:',
  losses: 'Losses:',
  judging: 'The best epoch:',
  machine: 'What computes:',
} as const;

export type FlagGroup = keyof typeof FLAG_GROUPS;

/** Every training flag that sets one option; within its group in the order of --help. To add one: one row. */
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
    help: 'what to train: the whole, a part of it, or a baseline (see Variants)',
  },
  {
    name: 'backend',
    group: 'machine',
    value: 'name',
    path: 'backend',
    read: 'text',
    help: 'what computes (see Backends) [wasm]',
  },
  {
    name: 'threads',
    group: 'machine',
    value: 'count',
    path: 'threads',
    read: 'number',
    help: 'threads of the backend (default: one per core)',
  },
  { name: 'seed', group: 'data', value: 'number', path: 'seed', read: 'number', help: 'everything random follows from it' },
  { name: 'epochs', group: 'length', value: 'count', path: 'epochs', read: 'number', help: 'times through the training pairs' },
  { name: 'max-steps', group: 'length', value: 'count', path: 'maxSteps', read: 'number', help: 'stop after so many steps' },
  {
    name: 'max-minutes',
    group: 'length',
    value: 'minutes',
    path: 'maxMinutes',
    read: 'number',
    help: 'stop after so many minutes of training',
  },
  { name: 'batch-size', group: 'updates', value: 'pairs', path: 'batchSize', read: 'number', help: 'pairs in one pass' },
  {
    name: 'accumulate',
    group: 'updates',
    value: 'passes',
    path: 'accumulate',
    read: 'number',
    help: 'passes averaged into one update (batch statistics stay per pass)',
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
    help: "factor on every channel count (1: the paper's network)",
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
    help: "the four paths of CMCGAN, or LCGAN's two: four or two",
  },
  {
    name: 'adversarial-loss',
    group: 'losses',
    value: 'which',
    path: 'model.discriminator.kind',
    read: 'text',
    words: { standard: 'unimodal' },
    help: 'joint (the paper), or standard: a discriminator of realism for each modality',
  },
  {
    name: 'fakes',
    group: 'losses',
    value: 'which',
    path: 'step.fakes',
    read: 'text',
    help: 'what the discriminator sees as fakes: ends, intermediates or both',
  },
  {
    name: 'consistency',
    group: 'losses',
    value: 'which',
    path: 'step.consistency',
    read: 'text',
    help: 'outputs compared with the truth: ends or all',
  },
  {
    name: 'statistics',
    group: 'networks',
    value: 'kind',
    path: 'model.statistics',
    read: 'text',
    help: 'batch-norm averages: role or mixed',
  },
  {
    name: 'discriminator-learning-rate',
    group: 'updates',
    value: 'rate',
    path: 'optimizers.discriminator.learningRate',
    read: 'number',
    help: "of the discriminator's optimiser",
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
    help: "of the generator's Adam",
  },
  {
    name: 'learning-rate-schedule',
    group: 'updates',
    value: 'name',
    path: 'schedule.kind',
    read: 'text',
    help: 'how both learning rates go through the epochs: constant, linear (down at the end) or cosine',
  },
  {
    name: 'learning-rate-decay-share',
    group: 'updates',
    value: 'share',
    path: 'schedule.decayShare',
    read: 'number',
    help: 'of the steps, the last ones, over which linear goes down',
  },
  {
    name: 'warm-up-steps',
    group: 'updates',
    value: 'count',
    path: 'schedule.warmUpSteps',
    read: 'number',
    help: 'steps at the start over which both learning rates rise',
  },
  {
    name: 'gradient-clip',
    group: 'updates',
    value: 'norm',
    path: 'step.gradientClip',
    read: 'number',
    help: "what the norm of a network's gradients is clipped to; none: nothing is",
  },
  {
    name: 'ema-decay',
    group: 'updates',
    value: 'decay',
    path: 'averageDecay',
    read: 'number',
    help: "of an average of the generator's weights, which then generates (0.999, say); none: the last weights do",
  },
  {
    name: 'augmentation',
    group: 'updates',
    value: 'name',
    path: 'augmentation',
    read: 'text',
    help: 'how real samples are varied, for small data: none, light, masked or sounds (alone)',
  },
  {
    name: 'loss-limit',
    group: 'length',
    value: 'loss',
    path: 'lossLimit',
    read: 'number',
    help: 'stop when a loss is beyond it: training has exploded; none: stop only at what is no number',
  },
  {
    name: 'unreadable-share',
    group: 'data',
    value: 'share',
    path: 'data.unreadableShare',
    read: 'number',
    help: 'go on without the files that become unreadable in mid-run, up to this share of the pairs',
  },
  {
    name: 'skip-broken',
    group: 'data',
    sets: 'skip',
    path: 'data.onBroken',
    read: 'text',
    help: 'begin without the pairs whose files are missing or broken, counted and named',
  },
  {
    name: 'data-cache',
    group: 'machine',
    value: 'folder',
    path: 'data.cacheFolder',
    read: 'path',
    help: 'folder that decoded pairs are kept in (default: .cmcgan-cache in the data folder)',
  },
  {
    name: 'data-memory',
    group: 'machine',
    value: 'MiB',
    path: 'data.memoryMiB',
    read: 'number',
    help: 'memory for decoded pairs; the others are read again from the cache',
  },
  {
    name: 'checkpoint-minutes',
    group: 'length',
    value: 'minutes',
    path: 'checkpoints.everyMinutes',
    read: 'number',
    help: 'save inside an epoch too, so often; none: at the end of each epoch only',
  },
  {
    name: 'feature-classifier',
    group: 'networks',
    value: 'folder',
    path: 'baseline.featureClassifier',
    read: 'path',
    help: 'a trained classifier for the baselines s2ic and i2s (default: one is trained first)',
  },
  {
    name: 'pretraining-steps',
    group: 'networks',
    value: 'count',
    path: 'baseline.pretrainingSteps',
    read: 'number',
    help: "steps of a baseline's classifier or autoencoder, which is trained first",
  },
  {
    name: 'keep-every',
    group: 'length',
    value: 'epochs',
    path: 'checkpoints.keepEveryEpochs',
    read: 'number',
    help: 'keep a checkpoint every so many epochs; 0: only the last',
  },
  {
    name: 'judge',
    group: 'judging',
    value: 'folder',
    path: 'judge.source',
    read: 'path',
    names: ['trained'],
    help: 'a frozen judge that scores the samples and so chooses the best epoch; trained: one is trained first; none: no scores',
  },
  {
    name: 'judge-every',
    group: 'judging',
    value: 'epochs',
    path: 'judge.everyEpochs',
    read: 'number',
    help: 'score every so many epochs, and the last one',
  },
  {
    name: 'judge-pairs',
    group: 'judging',
    value: 'which',
    path: 'judge.pairs',
    read: 'text',
    help: 'pairs to score: held (songs set aside from training), train, validation; auto: held where no class loses much, else train',
  },
  {
    name: 'stop-on-collapse',
    group: 'judging',
    value: 'yes|no',
    path: 'judge.stopOnCollapse',
    read: 'text',
    help: 'end the run when the scores have fallen, and stay, far below the best',
  },
];

/** The flag that sets an option; undefined where none does. */
export function flagOf(path: string): Flag | undefined {
  return FLAGS.find((flag) => flag.path === path);
}

/** An option's value in the words of the command line. */
export function wordOf(path: string, value: unknown): string {
  const words = Object.entries(flagOf(path)?.words ?? {});
  return words.find(([, meant]) => meant === value)?.[0] ?? (value === null ? NONE : String(value));
}
