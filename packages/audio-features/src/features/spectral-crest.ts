import { assertOptions } from '../assert-options';
import { measureSpectra, scalar, spectralNames, type Frame, type SpectralOptions } from './spectral-frames';

/**
 * How far the loudest bin of each frame stands out: the largest magnitude over their root mean square, as Meyda's `spectralCrest`. 0 for
 * silence.
 *
 * @param samples Mono waveform [samples], at least one; finite.
 * @returns Float32Array [frames]
 */
export function spectralCrest(samples: Float32Array, options: SpectralOptions): Float32Array {
  assertOptions(options, spectralNames(), 'spectralCrest');
  return measureSpectra(samples, options, scalar(crestOf), 'spectralCrest').data;
}

/** Crest of one frame. */
export function crestOf({ magnitude }: Frame): number {
  let [energy, largest] = [0, 0];
  for (let bin = 0; bin < magnitude.length; bin++) {
    energy += magnitude[bin]! * magnitude[bin]!;
    if (magnitude[bin]! > largest) largest = magnitude[bin]!;
  }
  return largest > 0 ? largest / Math.sqrt(energy / magnitude.length) : 0;
}
