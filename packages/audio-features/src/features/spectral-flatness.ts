import { assertArgument } from '../assert-argument';
import { assertOptions, type OptionNames } from '../assert-options';
import { measureSpectra, scalar, spectralNames, type Frame, type SpectralOptions } from './spectral-frames';

export interface SpectralFlatnessOptions extends SpectralOptions {
  /** Lower powers are raised to this one. Default 1e-10. */
  minimumPower?: number;
}

const names = (): OptionNames<SpectralFlatnessOptions> => ({ ...spectralNames(), minimumPower: 'amin' });

/**
 * Geometric over arithmetic mean of each frame's power: 1 for white noise, near 0 for a tone; `librosa.feature.spectral_flatness`.
 *
 * @param samples Mono waveform [samples], at least one; finite.
 * @returns Float32Array [frames], 0 … 1
 */
export function spectralFlatness(samples: Float32Array, options: SpectralFlatnessOptions): Float32Array {
  assertOptions(options, names(), 'spectralFlatness');
  const { minimumPower = 1e-10, ...others } = options;
  const positive = minimumPower > 0 && minimumPower < Infinity;
  assertArgument(positive, 'spectralFlatness', 'minimumPower must be a positive number', minimumPower);
  return measureSpectra(
    samples,
    others,
    scalar((frame) => flatnessOf(frame, minimumPower)),
    'spectralFlatness',
  ).data;
}

/** Flatness of one frame. */
export const flatnessOf = ({ shape }: Frame, minimumPower = 1e-10): number => shape.flatness(minimumPower);
