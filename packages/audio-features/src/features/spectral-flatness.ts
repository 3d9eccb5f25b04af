import { assertArgument } from '../assert-argument';
import { assertOptions, type OptionNames } from '../assert-options';
import { measureSpectra, scalar, spectralNames, type Frame, type SpectralOptions } from './spectral-frames';

export interface SpectralFlatnessOptions extends SpectralOptions {
  /** Lower powers count as this one. Default 1e-10. */
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

/** Bins that are multiplied before a logarithm is taken, which is slow. */
const GROUP = 16;

/** Of one frame. */
export function flatnessOf({ power }: Frame, minimumPower = 1e-10): number {
  let [logarithms, sum] = [0, 0];
  for (let start = 0; start < power.length; start += GROUP) {
    const end = Math.min(start + GROUP, power.length);
    let product = 1;
    for (let bin = start; bin < end; bin++) {
      const value = power[bin]! > minimumPower ? power[bin]! : minimumPower;
      sum += value;
      product *= value;
    }
    logarithms += product > 1e-300 && product < 1e300 ? Math.log(product) : sumOfLogarithms(power, start, end, minimumPower);
  }
  return Math.exp(logarithms / power.length) / (sum / power.length);
}

/** What the product of the bins has no room for. */
function sumOfLogarithms(power: Float64Array, start: number, end: number, minimumPower: number): number {
  let sum = 0;
  for (let bin = start; bin < end; bin++) sum += Math.log(Math.max(power[bin]!, minimumPower));
  return sum;
}
