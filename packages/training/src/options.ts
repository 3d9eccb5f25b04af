export { stepOptionsSchema } from './step/step-options';
export { trainingOptionsSchema } from './training-options';
export type { TrainingOptions } from './training-options';
