import { resolveFraming } from '../fourier/frame-plan';
import { createFilterProducts } from '../mel/filter-products';
import type { FilterProducts } from '../mel/filter-products';
import { sparseMelFilterbank } from '../mel/mel-filterbank';
import type { MelSpectrum, MelSpectrumOptions } from '../mel/mel-spectrum';
import { assertIterations, findWaveform } from './griffin-lim';
import type { GriffinLimOptions, MagnitudeUpdate } from './griffin-lim';
import { checkedMelFrames, explainMel } from './mel-to-magnitude';

export interface MelToWaveformOptions extends Omit<MelSpectrumOptions, 'melCount'>, GriffinLimOptions {}

/**
 * Waveform of a mel power spectrum: mel → magnitudes by non-negative least squares → Griffin-Lim with momentum. In the second half
 * of the iterations the magnitudes are no longer held: each frame keeps what the estimate has, scaled filter by filter until its mel
 * is the one asked for. Only the mel is known, after all, and the waveform comes nearer to it than with any fixed guess.
 *
 * @param mel Power, data [melCount, frameCount], at least 0
 * @param options Those of the mel spectrum, and `length` in samples (default: what the frames span), iterations, momentum, seed.
 * @returns Float32Array [length]; not limited to ±1
 */
export function melToWaveform(mel: MelSpectrum, options: MelToWaveformOptions): Float32Array {
  const framing = resolveFraming(options, 'melToWaveform');
  assertIterations(options, 'melToWaveform');
  const { fftSize } = framing;
  const products = createFilterProducts(sparseMelFilterbank({ ...options, fftSize, melCount: mel.melCount }, 'melToWaveform'));
  const melFrames = checkedMelFrames(mel, 'melToWaveform'); // [T, M]
  const held = Math.ceil((options.iterations ?? 32) / 2);
  return findWaveform(explainMel(melFrames, products), framing, options, followMel(melFrames, products, held));
}

/** From iteration `held` on, moves the magnitudes of a frame to the estimate's, scaled so that the mel power fits. */
function followMel(
  melFrames: Float64Array,
  { toMels, toBins, filterSums, binSums }: FilterProducts,
  held: number,
): MagnitudeUpdate {
  const melCount = filterSums.length;
  const power = new Float64Array(binSums.length);
  const gain = new Float64Array(binSums.length);
  const ratio = new Float64Array(melCount);
  return (frame, iteration, re, im, magnitude) => {
    if (iteration < held) return;
    for (let bin = 0; bin < power.length; bin++) power[bin] = re[bin]! * re[bin]! + im[bin]! * im[bin]! + 1e-20;
    toMels(power, ratio);
    for (let mel = 0; mel < melCount; mel++) ratio[mel] = ratio[mel]! > 0 ? melFrames[frame * melCount + mel]! / ratio[mel]! : 0;
    toBins(ratio, gain);
    for (let bin = 0; bin < power.length; bin++) {
      magnitude[bin] = binSums[bin]! > 0 ? Math.sqrt((power[bin]! * gain[bin]!) / binSums[bin]!) : 0;
    }
  };
}
