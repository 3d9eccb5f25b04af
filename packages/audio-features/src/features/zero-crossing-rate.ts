import { assertOptions } from '../assert-options';
import { resolveTimeFraming, sumTimeFrames, timeNames, type TimeFraming } from './time-frames';

/** Samples this close to zero count as zero, and zero as positive. */
const ZERO = 1e-10;

/**
 * How often neighbouring samples of a frame differ in sign, as a share of its samples: `librosa.feature.zero_crossing_rate`, which pads
 * with the first and the last sample.
 *
 * @param samples Mono waveform [samples], at least one; finite.
 * @returns Float32Array [frames], 0 … 1
 */
export function zeroCrossingRate(samples: Float32Array, options: TimeFraming = {}): Float32Array {
  const where = 'zeroCrossingRate';
  assertOptions(options, timeNames(), where);
  const framing = resolveTimeFraming(options, 'edge', where);
  const crossings = sumTimeFrames(samples, framing, where, { sumOf: crossingsOf, comparesNeighbours: true });
  return new Float32Array(crossings.map((count) => count / framing.frameSize));
}

/** Changes of sign per sample. */
export function zeroCrossingRateOf(samples: Float32Array): number {
  return crossingsOf(samples, 1, samples.length) / samples.length;
}

/** How many samples from `from` to `to` differ in sign from the one before. NaN if a sample isn't finite. */
function crossingsOf(samples: Float32Array, from: number, to: number): number {
  let crossings = 0;
  let before = samples[from - 1]! < -ZERO ? 1 : 0;
  for (let n = from; n < to; n++) {
    const negative = samples[n]! < -ZERO ? 1 : 0;
    crossings += (negative ^ before) + samples[n]! * 0;
    before = negative;
  }
  return crossings;
}
