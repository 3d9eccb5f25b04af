export { SAMPLING_NAMES } from './reading/batches/draw-samples';
export type { Sampling } from './reading/batches/draw-samples';
export { dataOptionsSchema } from './data-options';
