import { assertOptions } from '../assert-options';
import { blockEnergies } from './block-energies';
import { resolveTimeFraming, sumTimeFrames, timeNames, type TimeFraming } from './time-frames';

/**
 * Root mean square of each frame, without a window: √(Σ x² / frameSize), as `librosa.feature.rms`.
 *
 * @param samples Mono waveform [samples], at least one; finite.
 * @returns Float32Array [frames], in the unit of the samples
 */
export function rms(samples: Float32Array, options: TimeFraming = {}): Float32Array {
  assertOptions(options, timeNames(), 'rms');
  const framing = resolveTimeFraming(options, 'constant', 'rms');
  const energies = sumTimeFrames(samples, framing, 'rms', {
    sumOf: energyOf,
    sumsOf: blockEnergies,
    comparesNeighbours: false,
  });
  return new Float32Array(energies.map((energy) => Math.sqrt(energy / framing.frameSize)));
}

/** Root mean square of some samples. */
export function rmsOf(samples: Float32Array): number {
  return Math.sqrt(energyOf(samples, 0, samples.length) / samples.length);
}

/** Σ x², in four independent sums. */
function energyOf(samples: Float32Array, from: number, to: number): number {
  let [a, b, c, d] = [0, 0, 0, 0];
  let n = from;
  for (; n + 3 < to; n += 4) {
    a += samples[n]! * samples[n]!;
    b += samples[n + 1]! * samples[n + 1]!;
    c += samples[n + 2]! * samples[n + 2]!;
    d += samples[n + 3]! * samples[n + 3]!;
  }
  for (; n < to; n++) a += samples[n]! * samples[n]!;
  return a + b + c + d;
}
