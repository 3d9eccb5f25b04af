import { assertOptions, type OptionNames } from '../assert-options';
import { assertIterations } from '../inversion/griffin-lim-options';
import { melToWaveform } from '../inversion/mel-to-waveform';
import { decibelsToPower } from '../mel/decibels';
import { LMS_FRAMES, LMS_SAMPLE_RATE_HZ, LMS_SAMPLES, MEL_COUNT } from './lms-shape';
import { expandSound } from './sound';
import type { DecibelRange } from './sound';

export interface SoundToWaveformOptions {
  /** Iterations of `melToWaveform`. Default 24. */
  iterations?: number;
  /** The same seed gives the same waveform. Default 0. */
  seed?: number;
}

const NAMES: OptionNames<SoundToWaveformOptions> = { iterations: 'niter numiters', seed: 'randomstate' };

/**
 * Renders a network's sound as a waveform: 0.5 s at 44.1 kHz.
 *
 * @param sound Float32Array [128, 32], -1 … 1 = floorDb … ceilingDb of `range`
 * @returns Float32Array [22050]; if it would exceed full scale, the whole clip is scaled down to peak at 1
 */
export function soundToWaveform(sound: Float32Array, range: DecibelRange, options: SoundToWaveformOptions = {}): Float32Array {
  assertOptions(options, NAMES, 'soundToWaveform');
  const { iterations = 24, seed = 0 } = options;
  assertIterations({ iterations, seed }, 'soundToWaveform');
  const data = decibelsToPower(expandSound(sound, range, 'soundToWaveform')); // [128, 44]
  const waveform = melToWaveform(
    { data, melCount: MEL_COUNT, frameCount: LMS_FRAMES },
    { sampleRateHz: LMS_SAMPLE_RATE_HZ, length: LMS_SAMPLES, iterations, seed },
  );
  const peak = waveform.reduce((a, b) => Math.max(a, Math.abs(b)), 0);
  return peak > 1 ? waveform.map((value) => value / peak) : waveform;
}
