import { assertArgument } from '../assert-argument';
import { assertOptions, type OptionNames } from '../assert-options';
import { measureSpectra, scalar, spectralNames, type Frame, type SpectralOptions } from './spectral-frames';

export interface SpectralRolloffOptions extends SpectralOptions {
  /** Share of the magnitudes, between 0 and 1. Default 0.85. */
  share?: number;
}

const names = (): OptionNames<SpectralRolloffOptions> => ({ ...spectralNames(), share: 'rollpercent' });

/**
 * The frequency below which `share` of each frame's magnitudes lie, as `librosa.feature.spectral_rolloff`: the lowest bin that reaches
 * it. 0 for silence.
 *
 * @param samples Mono waveform [samples], at least one; finite.
 * @returns Hz, Float32Array [frames]
 */
export function spectralRolloff(samples: Float32Array, options: SpectralRolloffOptions): Float32Array {
  assertOptions(options, names(), 'spectralRolloff');
  const { share = 0.85, ...others } = options;
  assertArgument(share > 0 && share < 1, 'spectralRolloff', 'share must lie between 0 and 1', share);
  return measureSpectra(
    samples,
    others,
    scalar((frame) => rolloffOf(frame, share)),
    'spectralRolloff',
  ).data;
}

/** Rolloff of one frame, in Hz. */
export const rolloffOf = ({ shape, hzPerBin }: Frame, share = 0.85): number => shape.rolloffBin(share) * hzPerBin;
