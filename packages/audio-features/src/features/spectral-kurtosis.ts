import { assertOptions } from '../assert-options';
import { centralMoment } from './spectral-moments';
import { measureSpectra, scalar, spectralNames, type Frame, type SpectralOptions } from './spectral-frames';

/**
 * How peaked each frame's magnitudes are around their centroid: their fourth standardised moment, 3 for a bell (Peeters 2004). 0 for
 * silence. (Meyda's formula for the fourth central moment lacks a factor, so its values differ.)
 *
 * @param samples Mono waveform [samples], at least one; finite.
 * @returns Float32Array [frames]
 */
export function spectralKurtosis(samples: Float32Array, options: SpectralOptions): Float32Array {
  assertOptions(options, spectralNames(), 'spectralKurtosis');
  return measureSpectra(samples, options, scalar(kurtosisOf), 'spectralKurtosis').data;
}

/** Kurtosis of one frame. */
export function kurtosisOf(frame: Frame): number {
  const variance = centralMoment(frame, 2);
  return variance > 0 ? centralMoment(frame, 4) / variance ** 2 : 0;
}
