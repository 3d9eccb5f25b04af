import { assertArgument } from '../assert-argument';
import { assertOptions, type OptionNames } from '../assert-options';
import { measureSpectra, scalar, SPECTRAL_NAMES, type Frame, type SpectralOptions } from './spectral-frames';

export interface SpectralFlatnessOptions extends SpectralOptions {
  /** Lower powers count as this one. Default 1e-10. */
  minimumPower?: number;
}

const names = (): OptionNames<SpectralFlatnessOptions> => ({ ...SPECTRAL_NAMES, minimumPower: true });

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

/** Bounds between which a product waits for its logarithm. */
const SMALL = 1e-150;
const LARGE = 1e150;

/** Of one frame. Multiplies before it takes logarithms, which are slow. */
export function flatnessOf({ power }: Frame, minimumPower = 1e-10): number {
  let [logarithms, product, sum] = [0, 1, 0];
  for (let bin = 0; bin < power.length; bin++) {
    const value = Math.max(power[bin]!, minimumPower);
    sum += value;
    product *= value;
    if (product > SMALL && product < LARGE) continue;
    logarithms += Math.log(product);
    product = 1;
  }
  return Math.exp((logarithms + Math.log(product)) / power.length) / (sum / power.length);
}
