// What features measure of spectra and samples.
export { flatness, moments, rolloff } from './spectral-shape';
export { extremes } from './extremes';
export { products } from './products';
export { energies } from './energies';
