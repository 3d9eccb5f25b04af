import { assertOptions } from '../assert-options';
import { measureSpectra, scalar, spectralNames, type Frame, type SpectralOptions } from './spectral-frames';

/**
 * Centre of gravity of each frame's magnitudes, Σ f·|X| / Σ |X|, as `librosa.feature.spectral_centroid`. 0 for silence.
 *
 * @param samples Mono waveform [samples], at least one; finite.
 * @returns Hz, Float32Array [frames]
 */
export function spectralCentroid(samples: Float32Array, options: SpectralOptions): Float32Array {
  assertOptions(options, spectralNames(), 'spectralCentroid');
  return measureSpectra(samples, options, scalar(centroidOf), 'spectralCentroid').data;
}

/** Centroid of one frame, in Hz. */
export function centroidOf({ shape, hzPerBin }: Frame): number {
  const { sum, moment } = shape.moments;
  return sum > 0 ? (hzPerBin * moment) / sum : 0;
}
