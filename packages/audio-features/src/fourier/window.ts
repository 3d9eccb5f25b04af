import { assertArgument } from '../assert-argument';

/** Values of a periodic window of `size` samples, as from `scipy.signal.get_window`: all but the last of a window one sample longer. */
export type WindowFunction = (size: number) => Float64Array;

/** 0.5 − 0.5·cos(2πn / size). */
export function hann(size: number): Float64Array {
  return cosineSum(size, [0.5, -0.5]);
}

/** 0.54 − 0.46·cos(2πn / size). */
export function hamming(size: number): Float64Array {
  return cosineSum(size, [0.54, -0.46]);
}

/** 0.42 − 0.5·cos(2πn / size) + 0.08·cos(4πn / size). */
export function blackman(size: number): Float64Array {
  return cosineSum(size, [0.42, -0.5, 0.08]);
}

/** Four terms, sidelobes below -92 dB (Harris 1978). */
export function blackmanHarris(size: number): Float64Array {
  return cosineSum(size, [0.35875, -0.48829, 0.14128, -0.01168]);
}

/** Four terms, sidelobes below -98 dB (Nuttall 1981). */
export function nuttall(size: number): Float64Array {
  return cosineSum(size, [0.3635819, -0.4891775, 0.1365995, -0.0106411]);
}

/** Five terms: the height of a spectral line hardly depends on its position between two bins. */
export function flatTop(size: number): Float64Array {
  return cosineSum(size, [0.21557895, -0.41663158, 0.277263158, -0.083578947, 0.006947368]);
}

/** Ones. */
export function rectangular(size: number): Float64Array {
  return cosineSum(size, [1]);
}

/** From 0 up to 1 in the middle and down again: scipy's `bartlett`. */
export function triangular(size: number): Float64Array {
  return fill(size, (n) => 1 - Math.abs((2 * n) / size - 1));
}

/** Kaiser window: I₀(beta·√(1 − (2n/size − 1)²)) / I₀(beta). `beta` in 0..700: 0 is rectangular, 5 like Hamming, 8.6 like Blackman. */
export function kaiser(beta: number): WindowFunction {
  assertArgument(beta >= 0 && beta <= 700, 'kaiser', 'beta must lie in 0..700', beta);
  return (size) => fill(size, (n) => bessel0(beta * Math.sqrt(1 - ((2 * n) / size - 1) ** 2)) / bessel0(beta));
}

/** a₀ + a₁·cos(2πn/size) + a₂·cos(4πn/size) + … */
function cosineSum(size: number, terms: readonly number[]): Float64Array {
  return fill(size, (n) => terms.reduce((sum, term, k) => sum + term * Math.cos((2 * Math.PI * k * n) / size), 0));
}

/** A window of a single sample is 1. */
function fill(size: number, valueAt: (n: number) => number): Float64Array {
  return Float64Array.from({ length: size }, (_, n) => (size > 1 ? valueAt(n) : 1));
}

/** Modified Bessel function of the first kind, order 0: Σ ((x/2)^k / k!)². */
function bessel0(x: number): number {
  let [sum, term] = [1, 1];
  for (let k = 1; term > sum * 1e-17; k++) sum += term *= (x / (2 * k)) ** 2;
  return sum;
}
