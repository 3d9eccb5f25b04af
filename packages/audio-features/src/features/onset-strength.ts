import { assertArgument } from '../assert-argument';
import { assertOptions, type OptionNames } from '../assert-options';
import { leastDecibels, melToDecibels } from '../mel/decibels';
import { melSpectrumNames, melSpectrumOf, reuseMelPlan, type MelSpectrumOptions } from '../mel/mel-spectrum';

export interface OnsetStrengthOptions extends MelSpectrumOptions {
  /** Distance in frames between those that are compared. Default 1. */
  lag?: number;
}

const names = (): OptionNames<OnsetStrengthOptions> => ({ ...melSpectrumNames(), lag: '' });

/**
 * Strength of an onset in each frame: the mean over the mels of their rise in dB since `lag` frames before, shifted by half a
 * window if frames are centred, as `librosa.onset.onset_strength`.
 *
 * @param samples Mono waveform [samples], at least one; finite.
 * @returns dB, Float32Array [frames]
 */
export function onsetStrength(samples: Float32Array, options: OnsetStrengthOptions): Float32Array {
  assertOptions(options, names(), 'onsetStrength');
  const { lag = 1, ...others } = options;
  assertArgument(Number.isInteger(lag) && lag > 0, 'onsetStrength', 'lag must be a positive integer', lag);
  const plan = reuseMelPlan(others, 'onsetStrength');
  const { data: mel, melCount, frameCount } = melSpectrumOf(samples, plan, 'onsetStrength');
  melToDecibels(mel, leastDecibels(mel, 80)); // [M, T]
  const { center, fftSize, hopSize } = plan.framing;
  const moved = lag + (center ? Math.floor(fftSize / (2 * hopSize)) : 0);
  const sums = new Float64Array(frameCount);
  for (let i = 0; i < mel.length; i++) {
    const frame = i % frameCount;
    if (frame >= lag && frame - lag + moved < frameCount) sums[frame - lag + moved]! += Math.max(0, mel[i]! - mel[i - lag]!);
  }
  return Float32Array.from(sums, (sum) => sum / melCount);
}
