import type { TrainerOptions } from './trainer-options';

/**
 * Options that may differ when a run is resumed: they say where data and run lie (the data's content is compared), what computes, how
 * long the run goes on, what is kept and what stops it. All others decide what is computed, and stay as the run was started with.
 */
export const CHANGEABLE_OPTIONS: readonly (keyof TrainerOptions)[] = [
  'data',
  'out',
  'backend',
  'threads',
  'epochs',
  'maxSteps',
  'maxMinutes',
  'keepEveryEpochs',
  'checkpointMinutes',
  'stopOnCollapse',
  'lossLimit',
  'unreadableShare',
  'dataMemoryMiB',
  'dataCache',
];
