import { assertArgument } from '../assert-argument';
import { assertOptions, type OptionNames } from '../assert-options';
import { assertIterations } from '../inversion/griffin-lim-options';
import { melToWaveform } from '../inversion/mel-to-waveform';
import { decibelsToPower } from '../mel/decibels';
import { joinSpectra, joinedSamples } from './join-spectra';
import { LMS_SAMPLE_RATE_HZ, MEL_COUNT } from './lms-shape';
import { expandSound } from './sound';
import type { DecibelRange } from './sound';

export interface SoundToWaveformOptions {
  /** Iterations of `melToWaveform`. Default 64: more than 100 hardly come closer. */
  iterations?: number;
  /** The same seed gives the same waveform. Default 0. */
  seed?: number;
}

export interface SoundsToWaveformOptions extends SoundToWaveformOptions {
  /** Samples to return. Default: all that the sounds span. */
  length?: number;
}

const NAMES: OptionNames<SoundToWaveformOptions> = { iterations: 'niter numiters', seed: 'randomstate' };
const JOINED_NAMES: OptionNames<SoundsToWaveformOptions> = { ...NAMES, length: '' };

/**
 * Renders a network's sound as a waveform: 0.5 s at 44.1 kHz, at the level of the training data, which may be too quiet to listen to:
 * {@link toPlayback} amplifies it and fades its ends.
 *
 * @param sound Float32Array [128, 32], -1 … 1 = floorDb … ceilingDb of `range`
 * @returns Float32Array [22050]; if it would exceed full scale, the whole clip is scaled down to peak at 1
 */
export function soundToWaveform(sound: Float32Array, range: DecibelRange, options: SoundToWaveformOptions = {}): Float32Array {
  assertOptions(options, NAMES, 'soundToWaveform');
  return render([sound], range, { ...options, where: 'soundToWaveform' });
}

/**
 * Renders several of a network's sounds as one waveform at 44.1 kHz. Each fades into the next in their spectra, in dB, over the last twelve
 * of its 44 frames, and the phases are found for the whole: so there is no click at a joint, nor do tones there cancel each other out.
 *
 * @param sounds Float32Arrays [128, 32], -1 … 1 = floorDb … ceilingDb of `range`; {@link soundsForLength} tells how many a length needs
 * @returns Float32Array [length], by default 22,050 samples for the first and 16,384 for each other; if it would exceed full scale, all
 *   of it is scaled down to peak at 1. Takes some 4 MiB of memory per second.
 */
export function soundsToWaveform(
  sounds: readonly Float32Array[],
  range: DecibelRange,
  options: SoundsToWaveformOptions = {},
): Float32Array {
  assertOptions(options, JOINED_NAMES, 'soundsToWaveform');
  assertArgument(sounds.length > 0, 'soundsToWaveform', 'sounds must hold at least one sound', sounds.length);
  return render(sounds, range, { ...options, where: 'soundsToWaveform' });
}

interface Rendering extends SoundsToWaveformOptions {
  /** The function that was called, for errors. */
  where: string;
}

function render(sounds: readonly Float32Array[], range: DecibelRange, { where, iterations = 64, seed = 0, ...rest }: Rendering) {
  const spanned = joinedSamples(sounds.length);
  const { length = spanned } = rest;
  assertIterations({ iterations, seed }, where);
  const fits = Number.isInteger(length) && length > 0 && length <= spanned;
  assertArgument(fits, where, `length must be an integer from 1 to the ${spanned} samples that the sounds span`, length);
  const { data, frameCount } = joinSpectra(
    sounds.map((sound) => expandSound(sound, range, where)), // [128, 44] each
    length,
  );
  const waveform = melToWaveform(
    { data: decibelsToPower(data), melCount: MEL_COUNT, frameCount },
    { sampleRateHz: LMS_SAMPLE_RATE_HZ, length, iterations, seed },
  );
  const peak = waveform.reduce((a, b) => Math.max(a, Math.abs(b)), 0);
  return peak > 1 ? waveform.map((value) => value / peak) : waveform;
}
