import { assertArgument } from '../assert-argument';
import { assertOptions } from '../assert-options';
import type { OptionNames } from '../assert-options';
import { inverseFilterArrays, prepareInverseFilters } from '../mel/inverse-filter-products';
import { assertFftSize, melNames, sparseMelFilterbank } from '../mel/mel-filterbank';
import type { MelOptions } from '../mel/mel-filterbank';
import type { MelSpectrum } from '../mel/mel-spectrum';
import { openInversionMemory } from '../wasm/inversion-module';
import { createSpectrumSolver, solverArrays } from './non-negative-spectrum';

/** The options of `melToMagnitude`, for the error message on an unknown one. */
export function melToMagnitudeNames(): OptionNames<Omit<MelOptions, 'melCount'>> {
  const { sampleRateHz, fftSize, lowestHz, highestHz, scale, norm } = melNames();
  return { sampleRateHz, fftSize, lowestHz, highestHz, scale, norm };
}

/**
 * STFT magnitudes that explain a mel power spectrum, by non-negative least squares on relative errors.
 *
 * @param mel Power, data [melCount, frameCount], at least 0
 * @param options Those of the mel spectrum.
 * @returns Float32Array [frameCount, fftSize / 2 + 1], as accepted by `griffinLim`
 */
export function melToMagnitude(mel: MelSpectrum, options: Omit<MelOptions, 'melCount'>): Float32Array {
  assertOptions(options, melToMagnitudeNames(), 'melToMagnitude');
  assertFftSize(options, 'melToMagnitude');
  const filterbank = sparseMelFilterbank({ ...options, melCount: mel.melCount }, 'melToMagnitude');
  const { melCount, binCount } = filterbank;
  const melFrames = checkedMelFrames(mel, 'melToMagnitude'); // [T, M]
  const memory = openInversionMemory({ ...inverseFilterArrays(filterbank), ...solverArrays(filterbank) }, 'melToMagnitude');
  prepareInverseFilters(memory, filterbank);
  const { solve } = createSpectrumSolver(memory);
  const magnitude = new Float32Array(mel.frameCount * binCount); // [T, bins]
  for (let frame = 0; frame < mel.frameCount; frame++) {
    const power = solve(melFrames.subarray(frame * melCount, (frame + 1) * melCount));
    for (let bin = 0; bin < binCount; bin++) magnitude[frame * binCount + bin] = Math.sqrt(power[bin]!);
  }
  return magnitude;
}

/** data [M, T] → Float64Array [T, M]; throws unless it is a mel power spectrum. */
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
