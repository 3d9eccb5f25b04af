import { assertArgument } from '../assert-argument';
import { resolveFraming } from '../fourier/frame-plan';
import { assertOptions } from '../assert-options';
import { assertIterations, griffinLimNames } from './griffin-lim-options';
import type { GriffinLimOptions } from './griffin-lim-options';
import { createWaveformFinder } from './waveform-finder';

/**
 * Waveform whose spectrogram approximates the given magnitudes: Griffin-Lim with momentum (Perraudin, Balazs &
 * Søndergaard 2013) starting from single-pass phases instead of random ones. The same seed gives the same waveform.
 *
 * @param magnitude [frames, bins], at least 0, bins = floor(fftSize / 2) + 1
 * @returns Float32Array [length]
 */
export function griffinLim(magnitude: Float32Array | Float64Array, options: GriffinLimOptions = {}): Float32Array {
  assertOptions(options, griffinLimNames(), 'griffinLim');
  const framing = resolveFraming(options, 'griffinLim');
  const binCount = (framing.fftSize >> 1) + 1;
  const whole = magnitude.length > 0 && magnitude.length % binCount === 0;
  assertArgument(whole, 'griffinLim', `magnitude must hold frames of ${binCount} bins`, magnitude.length);
  const bad = magnitude.findIndex((value) => !(value >= 0 && value < Infinity));
  assertArgument(bad < 0, 'griffinLim', `magnitude must be finite and at least 0 at index ${bad}`, magnitude[bad]);
  assertIterations(options, 'griffinLim');
  const frameCount = magnitude.length / binCount;
  const { powerOf, find } = createWaveformFinder({ framing, frameCount, length: options.length }, {}, 'griffinLim');
  for (let frame = 0; frame < frameCount; frame++) {
    const power = powerOf(frame);
    for (let bin = 0; bin < binCount; bin++) power[bin] = magnitude[frame * binCount + bin]! ** 2;
  }
  return find(options);
}
