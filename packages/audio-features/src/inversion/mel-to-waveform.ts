import { resolveFraming } from '../fourier/frame-plan';
import { createFilterProducts } from '../mel/filter-products';
import type { FilterProducts } from '../mel/filter-products';
import { sparseMelFilterbank } from '../mel/mel-filterbank';
import type { MelSpectrum, MelSpectrumOptions } from '../mel/mel-spectrum';
import { assertIterations, findWaveform } from './griffin-lim';
import type { GriffinLimOptions, PowerUpdate } from './griffin-lim';
import { checkedMelFrames, explainMel } from './mel-to-magnitude';

export interface MelToWaveformOptions extends Omit<MelSpectrumOptions, 'melCount'>, GriffinLimOptions {}

/**
 * Waveform of a mel power spectrum: mel → magnitudes by non-negative least squares → Griffin-Lim with momentum. In the second half
 * of the iterations the magnitudes are no longer held: each frame keeps what the estimate has, scaled filter by filter until its mel
 * is the one asked for. Only the mel is known, after all, and the waveform comes nearer to it than with any fixed guess.
 *
 * @param mel Power, data [melCount, frameCount], at least 0
 * @param options Those of the mel spectrum, and `length` in samples (default: what the frames span), momentum, seed and iterations
 *   (default 24: by then it is nearer than plain Griffin-Lim gets in 32).
 * @returns Float32Array [length]; not limited to ±1
 */
export function melToWaveform(mel: MelSpectrum, options: MelToWaveformOptions): Float32Array {
  const framing = resolveFraming(options, 'melToWaveform');
  assertIterations(options, 'melToWaveform');
  const { fftSize } = framing;
  const products = createFilterProducts(sparseMelFilterbank({ ...options, fftSize, melCount: mel.melCount }, 'melToWaveform'));
  const melFrames = checkedMelFrames(mel, 'melToWaveform'); // [T, M]
  const { iterations = 24 } = options;
  const update = followMel(melFrames, products, Math.ceil(iterations / 2));
  return findWaveform(explainMel(melFrames, products), framing, { ...options, iterations }, update);
}

/** From iteration `held` on, moves the target of a frame to the estimate's power, scaled so that the mel power fits. */
function followMel(melFrames: Float64Array, { toMels, toBins, filterSums, binSums }: FilterProducts, held: number): PowerUpdate {
  const melCount = filterSums.length;
  const perBin = binSums.map((sum) => (sum > 0 ? 1 / sum : 0));
  const estimate = new Float64Array(binSums.length);
  const gain = new Float64Array(binSums.length);
  const ratio = new Float64Array(melCount);
  return (frame, iteration, re, im, power) => {
    if (iteration < held) return;
    for (let bin = 0; bin < estimate.length; bin++) estimate[bin] = re[bin]! * re[bin]! + im[bin]! * im[bin]! + 1e-20;
    toMels(estimate, ratio);
    for (let mel = 0; mel < melCount; mel++) ratio[mel] = ratio[mel]! > 0 ? melFrames[frame * melCount + mel]! / ratio[mel]! : 0;
    toBins(ratio, gain);
    for (let bin = 0; bin < estimate.length; bin++) power[bin] = estimate[bin]! * gain[bin]! * perBin[bin]!;
  };
}
