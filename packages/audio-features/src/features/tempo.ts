import { assertArgument } from '../assert-argument';
import { assertOptions, RATE_ELSEWHERE, type OptionNames } from '../assert-options';
import { createAutocorrelation, type Autocorrelation } from '../fourier/autocorrelation';
import { framingNames } from '../fourier/frame-plan';
import { hann } from '../fourier/window';

export interface TempoOptions {
  /** Sample rate of the signal from which the envelope was computed. */
  sampleRateHz: number;
  /** Samples between the frames of the envelope. Default 512. */
  hopSize?: number;
  /** The most likely tempo a priori. Default 120. */
  startBpm?: number;
  /** Standard deviation of the prior, in octaves. Default 1. */
  spreadOctaves?: number;
  /** Faster tempi are excluded. Default 320. */
  highestBpm?: number;
  /** Length of the autocorrelation window. Default 8. */
  windowSeconds?: number;
}

const names = (): OptionNames<TempoOptions> => ({
  sampleRateHz: RATE_ELSEWHERE,
  hopSize: framingNames().hopSize,
  startBpm: '',
  spreadOctaves: 'stdbpm',
  highestBpm: 'maxtempo',
  windowSeconds: 'acsize',
});

/**
 * Tempo of a piece, from the mean autocorrelation of its onset strength weighted by a log-normal prior (Ellis 2007), as
 * `librosa.feature.tempo`.
 *
 * @param onsetEnvelope The result of `onsetStrength`, [frames].
 * @returns Beats per minute
 */
export function tempo(onsetEnvelope: Float32Array, options: TempoOptions): number {
  assertOptions(options, names(), 'tempo');
  const { sampleRateHz, hopSize = 512, startBpm = 120, spreadOctaves = 1, highestBpm = 320, windowSeconds = 8 } = options;
  assertArgument(onsetEnvelope.length > 0, 'tempo', 'onsetEnvelope must not be empty', onsetEnvelope.length);
  const numbers = { sampleRateHz, hopSize, startBpm, spreadOctaves, highestBpm, windowSeconds };
  for (const [name, value] of Object.entries(numbers)) {
    assertArgument(value > 0 && value < Infinity, 'tempo', `${name} must be a positive number`, value);
  }
  const windowFrames = Math.floor(Math.floor(windowSeconds * sampleRateHz) / hopSize);
  const bpmOf = (lag: number) => (60 * sampleRateHz) / (hopSize * lag);
  const heard = windowFrames > 1 && bpmOf(windowFrames - 1) < highestBpm;
  assertArgument(heard, 'tempo', `windowSeconds must hold a beat of ${highestBpm} a minute`, windowSeconds);
  const similarity = meanAutocorrelation(onsetEnvelope, windowFrames);
  let [best, bestLag] = [-Infinity, 1];
  for (let lag = 1; lag < windowFrames; lag++) {
    if (bpmOf(lag) >= highestBpm) continue;
    const prior = -0.5 * (Math.log2(bpmOf(lag) / startBpm) / spreadOctaves) ** 2;
    const likelihood = Math.log1p(1e6 * similarity[lag]!) + prior;
    if (likelihood > best) [best, bestLag] = [likelihood, lag];
  }
  return bpmOf(bestLag);
}

/** Kept from the last call, so that tables are computed once per window size. */
let kept: { size: number; window: Float64Array; correlation: Autocorrelation } | undefined;

/** Mean over all frames of the windowed envelope's autocorrelation around them, each divided by its energy. [size] */
function meanAutocorrelation(envelope: Float32Array, size: number): Float64Array {
  if (kept?.size !== size) kept = { size, window: hann(size), correlation: createAutocorrelation(size, 'tempo') };
  const { window, correlation } = kept;
  const { powerOf, ofPower } = correlation;
  const half = size >> 1;
  const [first, last] = [envelope[0]!, envelope[envelope.length - 1]!];
  // Beyond the ends the envelope falls linearly to 0.
  const valueAt = (n: number) => {
    if (n < 0) return first * ((n + half) / half);
    return n < envelope.length ? envelope[n]! : last * ((envelope.length + half - 1 - n) / half);
  };
  const padded = Float64Array.from({ length: envelope.length + 2 * half }, (_, n) => valueAt(n - half));
  const part = new Float64Array(size);
  let sums: Float64Array | undefined;
  for (let frame = 0; frame < envelope.length; frame++) {
    let energy = 0;
    for (let n = 0; n < size; n++) {
      const value = window[n]! * padded[frame + n]!;
      part[n] = value;
      energy += value * value;
    }
    if (energy === 0) continue;
    const power = powerOf(part);
    sums ??= new Float64Array(power.length);
    for (let k = 0; k < power.length; k++) sums[k]! += power[k]! / energy;
  }
  return sums ? ofPower(sums).map((value) => value / envelope.length) : new Float64Array(size);
}
