import { assertOptions } from '../assert-options';
import { measureSpectra, scalar, spectralNames, type Frame, type SpectralOptions } from './spectral-frames';

/**
 * How each frame's magnitudes fall or rise over the frequencies: the slope of the line nearest to them, divided by their sum (Peeters
 * 2004). 0 for silence. (Meyda's divisor lacks a factor, so that its values are others.)
 *
 * @param samples Mono waveform [samples], at least one; finite.
 * @returns 1/Hz, Float32Array [frames]
 */
export function spectralSlope(samples: Float32Array, options: SpectralOptions): Float32Array {
  assertOptions(options, spectralNames(), 'spectralSlope');
  return measureSpectra(samples, options, scalar(slopeOf), 'spectralSlope').data;
}

/** Of one frame. */
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
