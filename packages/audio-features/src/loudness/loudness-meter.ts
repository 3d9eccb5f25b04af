import { assertArgument, assertFiniteSamples } from '../assert-argument';
import { assertOptions, RATE_ELSEWHERE, type OptionNames } from '../assert-options';
import { channelsOf, type AudioChannels } from '../audio-channels';
import { defaultChannelWeights } from './channel-weights';
import { createKWeighting } from './k-weighting';

export interface LoudnessOptions {
  sampleRateHz: number;
  /**
   * Weight of each channel's power, at least 0. Default: those of BS.1770-4 for channels in the order of WAV, as from
   * `decodeAudio`. 1 to 3: L R C, all 1. 4, 5: L R (C) Ls Rs with 1.41 for the surrounds. 6: L R C LFE Ls Rs, the LFE 0. 7: L R C LFE Cb Ls
   * Rs. 8: L R C LFE Lb Rb Ls Rs, with 1 for those at the back. More than 8: all 1.
   */
  channelWeights?: number[];
}

export const LOUDNESS_NAMES: OptionNames<LoudnessOptions> = { sampleRateHz: RATE_ELSEWHERE, channelWeights: 'weights' };

/** Measures loudness piece by piece; keeps one number per 100 ms. */
export interface LoudnessMeter {
  /** The next samples; all channels of one length, the same number of channels each time. */
  push(channels: AudioChannels): void;
  /** Loudness so far in LUFS; -Infinity if nothing was louder than the gate at -70. */
  integratedLufs(): number;
}

const STEPS_PER_BLOCK = 4;
const ABSOLUTE_GATE_LUFS = -70;
const RELATIVE_GATE_LU = -10;

/** Loudness meter after ITU-R BS.1770-4: K-weighting, blocks of 400 ms every 100 ms, gates at -70 LUFS and 10 LU below the mean. */
export function createLoudnessMeter(options: LoudnessOptions): LoudnessMeter {
  assertOptions(options, LOUDNESS_NAMES, 'createLoudnessMeter');
  return openLoudnessMeter(options, { create: 'createLoudnessMeter', push: 'LoudnessMeter.push' });
}

/** `createLoudnessMeter` with known options. @param where What errors of either call are named after. */
export function openLoudnessMeter(options: LoudnessOptions, where: { create: string; push: string }): LoudnessMeter {
  const { sampleRateHz, channelWeights } = options;
  const validRate = sampleRateHz >= 100 && Number.isFinite(sampleRateHz);
  assertArgument(validRate, where.create, 'sampleRateHz must be at least 100', sampleRateHz);
  const badWeight = channelWeights?.find((weight) => !(weight >= 0 && weight < Infinity));
  assertArgument(badWeight === undefined, where.create, 'channelWeights must be finite and at least 0', badWeight);
  let filters: ((sample: number) => number)[] | undefined;
  let weights: number[] = [];
  const stepPowers: number[] = [];
  let received = 0;
  let stepEnd = Math.round(sampleRateHz / 10);
  let stepStart = 0;
  let energy = 0;

  function start(channelCount: number): void {
    weights = channelWeights ?? defaultChannelWeights(channelCount);
    const rule = `channelWeights must hold ${channelCount} numbers`;
    assertArgument(weights.length === channelCount, where.push, rule, weights.length);
    filters = weights.map(() => createKWeighting(sampleRateHz));
  }

  function push(source: AudioChannels): void {
    const channels = channelsOf(source, where.push);
    if (!filters) start(channels.length);
    const channelCount = filters!.length;
    assertArgument(channels.length === channelCount, where.push, `channels must remain ${channelCount}`, channels.length);
    const count = channels[0]!.length;
    for (const samples of channels) {
      assertArgument(samples.length === count, where.push, `every channel must hold ${count} samples`, samples.length);
      assertFiniteSamples(samples, where.push);
    }
    for (let i = 0; i < count; i++) {
      for (let channel = 0; channel < channelCount; channel++) {
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

  return { push, integratedLufs: () => gatedLoudness(stepPowers) };
}

/** Loudness of the blocks above both gates. @param stepPowers weighted power of every 100 ms */
function gatedLoudness(stepPowers: readonly number[]): number {
  const blocks: number[] = [];
  for (let i = STEPS_PER_BLOCK; i <= stepPowers.length; i++) blocks.push(mean(stepPowers.slice(i - STEPS_PER_BLOCK, i)));
  const audible = blocks.filter((power) => powerToLufs(power) > ABSOLUTE_GATE_LUFS);
  const gate = powerToLufs(mean(audible)) + RELATIVE_GATE_LU;
  return powerToLufs(mean(audible.filter((power) => powerToLufs(power) > gate)));
}

const powerToLufs = (power: number) => -0.691 + 10 * Math.log10(power);

const mean = (values: number[]) => (values.length === 0 ? 0 : values.reduce((a, b) => a + b, 0) / values.length);
