import { assertArgument, assertFiniteSamples } from '../assert-argument';
import { createKWeighting } from './k-weighting';

export interface LoudnessOptions {
  sampleRateHz: number;
  /** Weight of each channel's power. Default: 1, and for six channels those of 5.1 (L R C LFE Ls Rs): 1 1 1 0 1.41 1.41. */
  channelWeights?: number[];
}

/** Measures loudness piece by piece; keeps one number per 100 ms. */
export interface LoudnessMeter {
  /** One Float32Array per channel, all of one length; always as many channels. */
  push(channels: Float32Array[]): void;
  /** Loudness so far in LUFS; -Infinity when nothing was louder than the gate at -70. */
  integratedLufs(): number;
}

const STEPS_PER_BLOCK = 4;
const ABSOLUTE_GATE_LUFS = -70;
const RELATIVE_GATE_LU = -10;

/** Loudness meter after ITU-R BS.1770-4: K-weighting, blocks of 400 ms every 100 ms, gates at -70 LUFS and 10 LU below the mean. */
export function createLoudnessMeter({ sampleRateHz, channelWeights }: LoudnessOptions): LoudnessMeter {
  assertArgument(
    sampleRateHz >= 100 && Number.isFinite(sampleRateHz),
    'createLoudnessMeter',
    'sampleRateHz must be at least 100',
    sampleRateHz,
  );
  let filters: ((sample: number) => number)[] | undefined;
  let weights: number[] = [];
  const stepPowers: number[] = [];
  let received = 0;
  let stepEnd = Math.round(sampleRateHz / 10);
  let stepStart = 0;
  let energy = 0;

  function start(channelCount: number): void {
    weights = channelWeights ?? (channelCount === 6 ? [1, 1, 1, 0, 1.41, 1.41] : new Array<number>(channelCount).fill(1));
    assertArgument(
      weights.length === channelCount,
      'LoudnessMeter.push',
      `channelWeights must hold ${channelCount} numbers`,
      weights.length,
    );
    filters = weights.map(() => createKWeighting(sampleRateHz));
  }

  function push(channels: Float32Array[]): void {
    assertArgument(channels.length > 0, 'LoudnessMeter.push', 'channels must hold at least one', channels.length);
    if (!filters) start(channels.length);
    assertArgument(
      channels.length === filters!.length,
      'LoudnessMeter.push',
      `channels must stay ${filters!.length}`,
      channels.length,
    );
    const count = channels[0]!.length;
    for (const samples of channels) {
      assertArgument(samples.length === count, 'LoudnessMeter.push', `every channel must hold ${count} samples`, samples.length);
      assertFiniteSamples(samples, 'LoudnessMeter.push');
    }
    for (let i = 0; i < count; i++) {
      for (let channel = 0; channel < channels.length; channel++) {
        const value = filters![channel]!(channels[channel]![i]!);
        energy += weights[channel]! * value * value;
      }
      if (++received === stepEnd) finishStep();
    }
  }

  function finishStep(): void {
    stepPowers.push(energy / (stepEnd - stepStart));
    energy = 0;
    stepStart = stepEnd;
    stepEnd = Math.round(((stepPowers.length + 1) * sampleRateHz) / 10);
  }

  function integratedLufs(): number {
    const blocks: number[] = [];
    for (let i = STEPS_PER_BLOCK; i <= stepPowers.length; i++) blocks.push(mean(stepPowers.slice(i - STEPS_PER_BLOCK, i)));
    const audible = blocks.filter((power) => powerToLufs(power) > ABSOLUTE_GATE_LUFS);
    const gate = powerToLufs(mean(audible)) + RELATIVE_GATE_LU;
    return powerToLufs(mean(audible.filter((power) => powerToLufs(power) > gate)));
  }
  return { push, integratedLufs };
}

const powerToLufs = (power: number) => -0.691 + 10 * Math.log10(power);

const mean = (values: number[]) => (values.length === 0 ? 0 : values.reduce((a, b) => a + b, 0) / values.length);
