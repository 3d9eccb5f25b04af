import { assertOptions } from '../assert-options';
import { measureTimeFrames, resolveTimeFraming, TIME_NAMES, type TimeFraming } from './time-frames';

/** Samples this near to zero count as zero, and zero as positive. */
const ZERO = 1e-10;

/**
 * How often neighbouring samples of a frame differ in sign, as a share of its samples: `librosa.feature.zero_crossing_rate`, which pads
 * with the first and the last sample.
 *
 * @param samples Mono waveform [samples], at least one; finite.
 * @returns Float32Array [frames], 0 … 1
 */
export function zeroCrossingRate(samples: Float32Array, options: TimeFraming = {}): Float32Array {
  assertOptions(options, TIME_NAMES, 'zeroCrossingRate');
  const framing = resolveTimeFraming(options, 'edge', 'zeroCrossingRate');
  return measureTimeFrames(samples, framing, 'zeroCrossingRate', zeroCrossingRateOf);
}

/** Changes of sign per sample. */
export function zeroCrossingRateOf(samples: Float32Array): number {
  let crossings = 0;
  let before = samples[0]! < -ZERO;
  for (let n = 1; n < samples.length; n++) {
    const negative = samples[n]! < -ZERO;
    if (negative !== before) crossings++;
    before = negative;
  }
  return crossings / samples.length;
}
