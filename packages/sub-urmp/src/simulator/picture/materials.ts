import type { Material } from './svg';

/** Woods and metals of the winds; each of the four brass instruments has a brass of a different colour. */
export const SILVER: Material = { dark: '#5f6a75', main: '#c3ccd4', light: '#ffffff' };
export const EBONY: Material = { dark: '#08080a', main: '#24242a', light: '#8d8f99' };
export const ROSEWOOD: Material = { dark: '#3c120b', main: '#7d3020', light: '#d08a6c' };
export const MAPLE: Material = { dark: '#3f0b0d', main: '#8c1f22', light: '#d9706a' };
export const GOLD: Material = { dark: '#7a4d0c', main: '#e6a521', light: '#ffe9a0' };
export const BRIGHT: Material = { dark: '#8a6410', main: '#f7c52d', light: '#fff6c4' };
export const PALE: Material = { dark: '#7d6a33', main: '#dcc372', light: '#fffbe0' };
export const ROSE: Material = { dark: '#6e3413', main: '#cf7a3c', light: '#ffd3a8' };
export const WARM: Material = { dark: '#6a4a14', main: '#c9952f', light: '#ffe6a3' };
