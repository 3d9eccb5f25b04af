import { assertOptions } from '../assert-options';
import { centralMoment } from './spectral-moments';
import { measureSpectra, scalar, spectralNames, type Frame, type SpectralOptions } from './spectral-frames';

/**
 * How asymmetric each frame's magnitudes are around their centroid: their third standardised moment, above 0 if more of them lie below
 * it (Peeters 2004; Meyda's `spectralSkewness`). 0 for silence.
 *
 * @param samples Mono waveform [samples], at least one; finite.
 * @returns Float32Array [frames]
 */
export function spectralSkewness(samples: Float32Array, options: SpectralOptions): Float32Array {
  assertOptions(options, spectralNames(), 'spectralSkewness');
  return measureSpectra(samples, options, scalar(skewnessOf), 'spectralSkewness').data;
}

/** Skewness of one frame. */
export function skewnessOf(frame: Frame): number {
  const variance = centralMoment(frame, 2);
  return variance > 0 ? centralMoment(frame, 3) / variance ** 1.5 : 0;
}
