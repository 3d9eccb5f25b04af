export { createRandom, restoreRandom, type Random, type RandomState } from './random';
export { seededNormal } from './seeded-normal';
export { seededUniform } from './seeded-uniform';
