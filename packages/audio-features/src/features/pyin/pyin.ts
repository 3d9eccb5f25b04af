import { assertArgument } from '../../assert-argument';
import { assertOptions, RATE_ELSEWHERE, type OptionNames } from '../../assert-options';
import { roundToEven } from '../round-to-even';
import { assertRate } from '../spectral-frames';
import { forEachTimeFrame, resolveTimeFraming, timeNames, type TimeFraming } from '../time-frames';
import { cumulativeDifference } from './cumulative-difference';
import { pitchCandidates } from './pitch-candidates';
import { createPitchPath } from './pitch-path';

export interface PyinOptions extends TimeFraming {
  sampleRateHz: number;
  /** The lowest pitch: two of its periods should fit into a frame. */
  lowestHz: number;
  /** The highest pitch, at most half the rate. */
  highestHz: number;
  /** Distance between neighbouring pitches in semitones. Default 0.1. */
  resolution?: number;
  /** The fastest glide, in octaves per second. Default 35.92. */
  fastestGlide?: number;
  /** Probability that a frame is voiced if the one before was not, and vice versa. Default 0.01. */
  switchProbability?: number;
  /** Share of a threshold's probability that goes to the deepest trough if none is below it. Default 0.01. */
  noTroughProbability?: number;
}

const names = (): OptionNames<PyinOptions> => ({
  sampleRateHz: RATE_ELSEWHERE,
  lowestHz: 'fmin lowfreq',
  highestHz: 'fmax highfreq',
  ...timeNames(),
  resolution: '',
  fastestGlide: 'maxtransitionrate',
  switchProbability: 'switchprob',
  noTroughProbability: 'notroughprob',
});

/** A pitch for each frame. */
export interface PitchTrack {
  /** NaN if the frame is unvoiced. Float32Array [frames] */
  pitchHz: Float32Array;
  /** 1 if the frame is voiced, else 0. Uint8Array [frames] */
  voiced: Uint8Array;
  /** Float32Array [frames], 0 … 1 */
  voicedProbability: Float32Array;
  frameCount: number;
}

/**
 * Fundamental frequency of one voice by probabilistic YIN (Mauch & Dixon 2014), as `librosa.pyin`.
 *
 * @param samples Mono waveform [samples], at least one; finite.
 */
export function pyin(samples: Float32Array, options: PyinOptions): PitchTrack {
  assertOptions(options, names(), 'pyin');
  const { sampleRateHz, lowestHz, noTroughProbability, ...settings } = resolvePyin(options);
  const { frameSize, hopSize } = settings.framing;
  const lowestPeriod = Math.floor(sampleRateHz / settings.highestHz);
  const highestPeriod = Math.min(Math.ceil(sampleRateHz / lowestHz), frameSize - 1);
  const pitchesPerOctave = 12 * Math.ceil(1 / settings.resolution);
  const pitchCount = Math.floor(pitchesPerOctave * Math.log2(settings.highestHz / lowestHz)) + 1;
  const reach = (roundToEven((settings.fastestGlide * 12 * hopSize) / sampleRateHz) * pitchesPerOctave) / 24;
  const fits = pitchCount <= 32_768;
  assertArgument(fits, 'pyin', 'resolution must leave at most 32768 pitches', settings.resolution);
  const path = createPitchPath({ pitchCount, reach, switchProbability: settings.switchProbability });
  const differenceOf = cumulativeDifference(frameSize, { lowestPeriod, highestPeriod });
  const probabilities: number[] = [];
  const frameCount = forEachTimeFrame(samples, settings.framing, 'pyin', (frame) => {
    const voiced = new Map<number, number>();
    for (const { place, probability } of pitchCandidates(differenceOf(frame), noTroughProbability)) {
      const pitchHz = sampleRateHz / (lowestPeriod + place);
      const pitch = Math.max(0, roundToEven(pitchesPerOctave * Math.log2(pitchHz / lowestHz)));
      if (pitch < pitchCount) voiced.set(pitch, probability);
    }
    const total = Math.min(1, [...voiced.values()].reduce((a, b) => a + b, 0)); // prettier-ignore
    probabilities.push(total);
    path.add(voiced, (1 - total) / pitchCount);
  });
  const states = path.finish();
  const pitchOf = (state: number) => (state < pitchCount ? lowestHz * 2 ** (state / pitchesPerOctave) : NaN);
  return {
    pitchHz: Float32Array.from(states, pitchOf),
    voiced: Uint8Array.from(states, (state) => (state < pitchCount ? 1 : 0)),
    voicedProbability: Float32Array.from(probabilities),
    frameCount,
  };
}

function resolvePyin(options: PyinOptions) {
  const { sampleRateHz, lowestHz, highestHz, resolution = 0.1, fastestGlide = 35.92, ...others } = options;
  const { switchProbability = 0.01, noTroughProbability = 0.01, ...time } = others;
  assertRate(sampleRateHz, 'pyin');
  const framing = resolveTimeFraming(time, 'constant', 'pyin');
  const inOrder = lowestHz > 0 && lowestHz < highestHz && highestHz <= sampleRateHz / 2;
  assertArgument(inOrder, 'pyin', `lowestHz..highestHz must lie within 0..${sampleRateHz / 2}`, `${lowestHz}..${highestHz}`);
  const leastHz = sampleRateHz / (framing.frameSize - 1);
  const rule = `lowestHz must be above ${leastHz.toFixed(1)} with frameSize ${framing.frameSize}`;
  assertArgument(lowestHz > leastHz, 'pyin', rule, lowestHz);
  assertArgument(resolution > 0 && resolution < 1, 'pyin', 'resolution must lie between 0 and 1 semitones', resolution);
  assertArgument(fastestGlide >= 0 && fastestGlide < Infinity, 'pyin', 'fastestGlide must be at least 0', fastestGlide);
  for (const [name, value] of Object.entries({ switchProbability, noTroughProbability })) {
    assertArgument(value > 0 && value < 1, 'pyin', `${name} must lie between 0 and 1`, value);
  }
  return { sampleRateHz, lowestHz, highestHz, framing, resolution, fastestGlide, switchProbability, noTroughProbability };
}
