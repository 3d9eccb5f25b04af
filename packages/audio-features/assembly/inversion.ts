// Bins and mels back to samples.
export { aim, planInverse, synthesise } from './inverse-fft';
export { descend, inverseFilters, product, toBins } from './inverse-filters';
