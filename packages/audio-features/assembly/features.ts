// Measurements of spectra and samples for the features.
export { flatness, moments, rolloff } from './spectral-shape';
export { extremes } from './extremes';
export { products } from './products';
export { energies } from './energies';
