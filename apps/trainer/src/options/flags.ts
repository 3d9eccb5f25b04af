import type { TrainerOptions } from './trainer-options';

/** One flag of the command line: how it is typed, the option that it sets, how its text is read. */
export interface Flag {
  readonly name: string;
  readonly value: string;
  readonly key: keyof TrainerOptions;
  readonly read: 'text' | 'number' | 'path';
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
  machine: 'What computes:',
} as const;

export type FlagGroup = keyof typeof FLAG_GROUPS;

/** Every training flag that sets one option; within its group in the order of --help. To add one: one row. */
export const FLAGS: readonly Flag[] = [
  {
    name: 'data',
    group: 'data',
    value: 'folder',
    key: 'data',
    read: 'path',
    help: "image-sound pairs in Sub-URMP's layout (default: simulated musicians)",
  },
  {
    name: 'out',
    group: 'data',
    value: 'folder',
    key: 'out',
    read: 'path',
    help: 'run folder (default: runs/<preset>, or the next free name)',
  },
  {
    name: 'backend',
    group: 'machine',
    value: 'name',
    key: 'backend',
    read: 'text',
    help: 'what computes: wasm (default) or cpu (slow, for comparison)',
  },
  {
    name: 'threads',
    group: 'machine',
    value: 'count',
    key: 'threads',
    read: 'number',
    help: 'threads of the backend (default: one per core)',
  },
  { name: 'seed', group: 'data', value: 'number', key: 'seed', read: 'number', help: 'everything random follows from it' },
  { name: 'epochs', group: 'length', value: 'count', key: 'epochs', read: 'number', help: 'times through the training pairs' },
  { name: 'max-steps', group: 'length', value: 'count', key: 'maxSteps', read: 'number', help: 'stop after so many steps' },
  {
    name: 'max-minutes',
    group: 'length',
    value: 'minutes',
    key: 'maxMinutes',
    read: 'number',
    help: 'stop after so many minutes of training',
  },
  { name: 'batch-size', group: 'updates', value: 'pairs', key: 'batchSize', read: 'number', help: 'pairs in one pass' },
  {
    name: 'accumulate',
    group: 'updates',
    value: 'passes',
    key: 'accumulate',
    read: 'number',
    help: 'passes averaged into one update (batch statistics stay per pass)',
  },
  {
    name: 'generator-steps',
    group: 'updates',
    value: 'count',
    key: 'generatorSteps',
    read: 'number',
    help: 'K: generator updates per discriminator update',
  },
  {
    name: 'width',
    group: 'networks',
    value: 'factor',
    key: 'width',
    read: 'number',
    help: "factor on every channel count (1: the paper's network)",
  },
  {
    name: 'depth',
    group: 'networks',
    value: 'layers',
    key: 'depth',
    read: 'number',
    help: 'convolutions per encoder: 5, 6 or 7',
  },
  {
    name: 'latent-size',
    group: 'networks',
    value: 'count',
    key: 'latentSize',
    read: 'number',
    help: 'dimensions of the latent Z; 0: none',
  },
  {
    name: 'code-size',
    group: 'networks',
    value: 'channels',
    key: 'codeSize',
    read: 'number',
    help: 'channels of the code F (default: 64 · width)',
  },
  {
    name: 'discriminator-hidden-units',
    group: 'networks',
    value: 'count',
    key: 'discriminatorHiddenUnits',
    read: 'number',
    help: "units between the discriminator's joined features and its logit; 0: none",
  },
  { name: 'lambda', group: 'losses', value: 'weight', key: 'lambda', read: 'number', help: 'weight of the consistency loss' },
  {
    name: 'fakes',
    group: 'losses',
    value: 'which',
    key: 'fakes',
    read: 'text',
    help: 'what the discriminator sees as fakes: ends, intermediates or both',
  },
  {
    name: 'consistency',
    group: 'losses',
    value: 'which',
    key: 'consistency',
    read: 'text',
    help: 'outputs compared with the truth: ends or all',
  },
  {
    name: 'statistics',
    group: 'networks',
    value: 'kind',
    key: 'statistics',
    read: 'text',
    help: 'batch-norm averages: role or mixed',
  },
  {
    name: 'discriminator-learning-rate',
    group: 'updates',
    value: 'rate',
    key: 'discriminatorLearningRate',
    read: 'number',
    help: "of the discriminator's optimiser",
  },
  {
    name: 'discriminator-optimizer',
    group: 'updates',
    value: 'name',
    key: 'discriminatorOptimizer',
    read: 'text',
    help: 'momentum (SGD, the paper) or adam',
  },
  {
    name: 'generator-learning-rate',
    group: 'updates',
    value: 'rate',
    key: 'generatorLearningRate',
    read: 'number',
    help: "of the generator's Adam",
  },
  {
    name: 'checkpoint-minutes',
    group: 'length',
    value: 'minutes',
    key: 'checkpointMinutes',
    read: 'number',
    help: 'save inside an epoch too, so often; none: at the end of each epoch only',
  },
  {
    name: 'keep-every',
    group: 'length',
    value: 'epochs',
    key: 'keepEveryEpochs',
    read: 'number',
    help: 'keep a checkpoint every so many epochs; 0: only the last',
  },
];
