import { assertArgument } from '../assert-argument';
import { assertOptions, type OptionNames } from '../assert-options';
import { centroidOf } from './spectral-centroid';
import { measureSpectra, scalar, spectralNames, type Frame, type SpectralOptions } from './spectral-frames';
import type { Moments } from './spectral-shape';

export interface SpectralBandwidthOptions extends SpectralOptions {
  /** The power to which distances from the centroid are raised. Default 2: a standard deviation. */
  exponent?: number;
}

const names = (): OptionNames<SpectralBandwidthOptions> => ({ ...spectralNames(), exponent: 'power' });

/**
 * How far each frame's magnitudes spread around their centroid, (Σ |f − centroid|^p·|X| / Σ |X|)^(1/p), as
 * `librosa.feature.spectral_bandwidth`. 0 for silence.
 *
 * @param samples Mono waveform [samples], at least one; finite.
 * @returns Hz, Float32Array [frames]
 */
export function spectralBandwidth(samples: Float32Array, options: SpectralBandwidthOptions): Float32Array {
  assertOptions(options, names(), 'spectralBandwidth');
  const { exponent = 2, ...others } = options;
  const positive = exponent > 0 && exponent < Infinity;
  assertArgument(positive, 'spectralBandwidth', 'exponent must be a positive number', exponent);
  return measureSpectra(
    samples,
    others,
    scalar((frame) => bandwidthOf(frame, exponent)),
    'spectralBandwidth',
  ).data;
}

/** Bandwidth of one frame, in Hz. */
export function bandwidthOf(frame: Frame, exponent = 2): number {
  const { hzPerBin, shape } = frame;
  if (exponent === 2) return hzPerBin * deviationOf(shape.moments);
  const { magnitude } = frame;
  const centre = centroidOf(frame) / hzPerBin;
  let [sum, moment] = [0, 0];
  for (let bin = 0; bin < magnitude.length; bin++) {
    const distance = Math.abs(bin - centre);
    sum += magnitude[bin]!;
    moment += magnitude[bin]! * distance ** exponent;
  }
  return sum > 0 ? hzPerBin * (moment / sum) ** (1 / exponent) : 0;
}

/** Standard deviation, in bins. */
const deviationOf = ({ sum, moment, square }: Moments): number =>
  sum > 0 ? Math.sqrt(Math.max(0, square / sum - (moment / sum) ** 2)) : 0;
