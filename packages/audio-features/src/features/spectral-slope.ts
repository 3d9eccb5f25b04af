import { assertOptions } from '../assert-options';
import { measureSpectra, scalar, spectralNames, type Frame, type SpectralOptions } from './spectral-frames';

/**
 * How each frame's magnitudes rise or fall with frequency: the slope of their regression line, divided by their sum (Peeters
 * 2004). 0 for silence. (Meyda's divisor lacks a factor, so its values differ.)
 *
 * @param samples Mono waveform [samples], at least one; finite.
 * @returns 1/Hz, Float32Array [frames]
 */
export function spectralSlope(samples: Float32Array, options: SpectralOptions): Float32Array {
  assertOptions(options, spectralNames(), 'spectralSlope');
  return measureSpectra(samples, options, scalar(slopeOf), 'spectralSlope').data;
}

/** Slope of one frame. */
export function slopeOf({ magnitude, hzPerBin }: Frame): number {
  const centre = (magnitude.length - 1) / 2;
  let [sum, product] = [0, 0];
  for (let bin = 0; bin < magnitude.length; bin++) {
    sum += magnitude[bin]!;
    product += (bin - centre) * magnitude[bin]!;
  }
  const squares = (magnitude.length * (magnitude.length ** 2 - 1)) / 12; // Σ (bin − centre)²
  return sum > 0 ? product / (sum * squares * hzPerBin) : 0;
}
