// Samples to bins, power and mels.
export { analyse, forward, plan, power } from './real-fft';
export { filters, toMels } from './filters';
export { planTransform, transform } from './transform';
