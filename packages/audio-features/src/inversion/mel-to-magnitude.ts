import { assertArgument } from '../assert-argument';
import { createFilterProducts } from '../mel/filter-products';
import type { FilterProducts } from '../mel/filter-products';
import { sparseMelFilterbank } from '../mel/mel-filterbank';
import type { MelOptions } from '../mel/mel-filterbank';
import type { MelSpectrum } from '../mel/mel-spectrum';
import { createSpectrumSolver } from './non-negative-spectrum';

/**
 * STFT magnitudes that explain a mel power spectrum, by non-negative least squares on relative errors.
 *
 * @param mel Power, data [melCount, frameCount], at least 0
 * @param options Those of the mel spectrum.
 * @returns Float32Array [frameCount, fftSize / 2 + 1], as `griffinLim` takes it
 */
export function melToMagnitude(mel: MelSpectrum, options: Omit<MelOptions, 'melCount'>): Float32Array {
  const filterbank = sparseMelFilterbank({ ...options, melCount: mel.melCount }, 'melToMagnitude');
  const power = explainMel(checkedMelFrames(mel, 'melToMagnitude'), createFilterProducts(filterbank));
  return Float32Array.from(power, Math.sqrt);
}

/** data [M, T] → Float64Array [T, M]; refuses what is no mel power spectrum. */
export function checkedMelFrames({ data, melCount, frameCount }: MelSpectrum, where: string): Float64Array {
  const fits = data.length > 0 && data.length === melCount * frameCount;
  assertArgument(fits, where, `mel.data must hold ${melCount}×${frameCount} values, at least one`, data.length);
  const frames = new Float64Array(data.length); // [T, M]
  for (let i = 0; i < data.length; i++) {
    const value = data[i]!;
    if (!(value >= 0 && value < Infinity))
      throw new RangeError(`${where}: mel.data must be power, finite and at least 0, got ${value} at ${i}`);
    frames[(i % frameCount) * melCount + Math.floor(i / frameCount)] = value;
  }
  return frames;
}

/** Power [T, bins] that explains mel frames [T, M]. */
export function explainMel(melFrames: Float64Array, products: FilterProducts): Float64Array {
  const melCount = products.filterSums.length;
  const binCount = products.binSums.length;
  const { solve } = createSpectrumSolver(products);
  const frameCount = melFrames.length / melCount;
  const power = new Float64Array(frameCount * binCount);
  for (let frame = 0; frame < frameCount; frame++) {
    const bins = power.subarray(frame * binCount, (frame + 1) * binCount);
    solve(melFrames.subarray(frame * melCount, (frame + 1) * melCount), bins);
  }
  return power;
}
