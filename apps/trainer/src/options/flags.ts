import type { TrainerOptions } from './trainer-options';

/** One flag of the command line: how it is typed, the option that it sets, how its text is read. */
export interface Flag {
  readonly name: string;
  readonly value: string;
  readonly key: keyof TrainerOptions;
  readonly read: 'text' | 'number' | 'path';
  readonly help: string;
}

/** Every training flag except --preset, in the order of --help. To add one: one row. */
export const FLAGS: readonly Flag[] = [
  {
    name: 'data',
    value: 'folder',
    key: 'data',
    read: 'path',
    help: "image-sound pairs in Sub-URMP's layout (default: simulated musicians)",
  },
  { name: 'out', value: 'folder', key: 'out', read: 'path', help: 'run folder (default: runs/<preset>, or the next free name)' },
  {
    name: 'backend',
    value: 'name',
    key: 'backend',
    read: 'text',
    help: 'what computes: wasm (default) or cpu (slow, for comparison)',
  },
  { name: 'threads', value: 'count', key: 'threads', read: 'number', help: 'threads of the backend (default: one per core)' },
  { name: 'seed', value: 'number', key: 'seed', read: 'number', help: 'everything random follows from it' },
  { name: 'epochs', value: 'count', key: 'epochs', read: 'number', help: 'times through the training pairs' },
  { name: 'max-steps', value: 'count', key: 'maxSteps', read: 'number', help: 'stop after so many steps' },
  { name: 'max-minutes', value: 'minutes', key: 'maxMinutes', read: 'number', help: 'stop after so many minutes of training' },
  { name: 'batch-size', value: 'pairs', key: 'batchSize', read: 'number', help: 'pairs in one pass' },
  {
    name: 'accumulate',
    value: 'passes',
    key: 'accumulate',
    read: 'number',
    help: 'passes averaged into one update (batch statistics stay per pass)',
  },
  {
    name: 'generator-steps',
    value: 'count',
    key: 'generatorSteps',
    read: 'number',
    help: 'K: generator updates per discriminator update',
  },
  {
    name: 'width',
    value: 'factor',
    key: 'width',
    read: 'number',
    help: "factor on every channel count (1: the paper's network)",
  },
  { name: 'depth', value: 'layers', key: 'depth', read: 'number', help: 'convolutions per encoder: 5, 6 or 7' },
  { name: 'latent-size', value: 'count', key: 'latentSize', read: 'number', help: 'dimensions of the latent Z; 0: none' },
  { name: 'code-size', value: 'channels', key: 'codeSize', read: 'number', help: 'channels of the code F (default: 64 · width)' },
  {
    name: 'discriminator-hidden-units',
    value: 'count',
    key: 'discriminatorHiddenUnits',
    read: 'number',
    help: "units between the discriminator's joined features and its logit; 0: none",
  },
  { name: 'lambda', value: 'weight', key: 'lambda', read: 'number', help: 'weight of the consistency loss' },
  {
    name: 'fakes',
    value: 'which',
    key: 'fakes',
    read: 'text',
    help: 'what the discriminator sees as fakes: ends, intermediates or both',
  },
  { name: 'consistency', value: 'which', key: 'consistency', read: 'text', help: 'outputs compared with the truth: ends or all' },
  { name: 'statistics', value: 'kind', key: 'statistics', read: 'text', help: 'batch-norm averages: role or mixed' },
  {
    name: 'discriminator-learning-rate',
    value: 'rate',
    key: 'discriminatorLearningRate',
    read: 'number',
    help: "of the discriminator's optimiser",
  },
  {
    name: 'discriminator-optimizer',
    value: 'name',
    key: 'discriminatorOptimizer',
    read: 'text',
    help: 'momentum (SGD, the paper) or adam',
  },
  { name: 'generator-learning-rate', value: 'rate', key: 'generatorLearningRate', read: 'number', help: 'of Adam' },
  {
    name: 'checkpoint-minutes',
    value: 'minutes',
    key: 'checkpointMinutes',
    read: 'number',
    help: 'save inside an epoch too, so often; none: at the end of each epoch only',
  },
  {
    name: 'keep-every',
    value: 'epochs',
    key: 'keepEveryEpochs',
    read: 'number',
    help: 'keep a checkpoint every so many epochs; 0: only the last',
  },
];
