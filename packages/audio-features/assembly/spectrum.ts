// From samples to power and mels.
export { plan, powerOf, transformSamples } from './power';
export { filters, toMels } from './filters';
export { planTransform, transform } from './transform';
