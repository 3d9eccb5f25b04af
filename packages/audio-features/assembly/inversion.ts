// From samples to bins, and from bins and mels back to samples.
export { analyse, forward, planBins, power } from './bins';
export { aim, synthesise } from './inverse-fft';
export { descend, inverseFilters, product, toBins } from './inverse-filters';
