import { assertOptions } from '../assert-options';
import { measureTimeFrames, resolveTimeFraming, TIME_NAMES, type TimeFraming } from './time-frames';

/**
 * Root mean square of each frame, without a window: √(Σ x² / frameSize), as `librosa.feature.rms`.
 *
 * @param samples Mono waveform [samples], at least one; finite.
 * @returns Float32Array [frames], in the unit of the samples
 */
export function rms(samples: Float32Array, options: TimeFraming = {}): Float32Array {
  assertOptions(options, TIME_NAMES, 'rms');
  return measureTimeFrames(samples, resolveTimeFraming(options, 'constant', 'rms'), 'rms', rmsOf);
}

/** Root mean square of some samples. */
export function rmsOf(samples: Float32Array): number {
  let sum = 0;
  for (let n = 0; n < samples.length; n++) sum += samples[n]! * samples[n]!;
  return Math.sqrt(sum / samples.length);
}
