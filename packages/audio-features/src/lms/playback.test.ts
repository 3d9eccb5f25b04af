import { describe, expect, it } from 'vitest';
import { playbackGainDb, toPlayback } from './playback';
import { soundsToWaveform, soundToWaveform } from './sound-to-waveform';
import { waveformToSound } from './waveform-to-sound';

const decibels = (factor: number) => 20 * Math.log10(factor);
const peakDb = (samples: Float32Array) => decibels(samples.reduce((most, value) => Math.max(most, Math.abs(value)), 0));

/** Half a second of a tone whose overtones fall by 6 dB an octave, as loud as asked. */
const tone = (level: number, hz = 220) =>
  Float32Array.from(
    { length: 22_050 },
    (_, n) => level * [1, 2, 3, 4, 5, 6].reduce((sum, k) => sum + Math.sin((2 * Math.PI * k * hz * n) / 44_100 + k * k) / k, 0),
  );

describe('playbackGainDb', () => {
  it('grows by as many dB as the training data are quieter', () => {
    const gains = [20, 0, -14].map((ceilingDb) => playbackGainDb({ floorDb: -80, ceilingDb }));
    expect(gains[1]! - gains[0]!).toBeCloseTo(20, 9);
    expect(gains[2]! - gains[1]!).toBeCloseTo(14, 9);
  });

  it('makes the loudest of quiet data peak between -10 and 0 dBFS, and a sound that is 12 dB quieter 12 dB lower', () => {
    const loudest = waveformToSound(tone(0.05), { floorDb: -40, ceilingDb: 40 }).reduce((a, b) => Math.max(a, b)); // 0 is 0 dB
    const range = { floorDb: 40 * loudest - 80, ceilingDb: 40 * loudest };
    const heard = [0.05, 0.0125].map((level) => {
      const waveform = soundToWaveform(waveformToSound(tone(level), range), range);
      return peakDb(toPlayback(waveform, playbackGainDb(range)).samples);
    });
    expect(heard[0]).toBeGreaterThan(-10);
    expect(heard[0]).toBeLessThanOrEqual(0);
    expect(Math.abs(heard[0]! - heard[1]! - decibels(4))).toBeLessThan(1.5);
  });

  it('refuses a ceiling that is not a number', () => {
    expect(() => playbackGainDb({ floorDb: -80, ceilingDb: NaN })).toThrow('playbackGainDb: ceilingDb must be finite, got NaN');
  });
});

describe('toPlayback', () => {
  const constant = (value: number) => new Float32Array(4410).fill(value);

  it('multiplies by the gain: 6.0206 dB is a factor of 2', () => {
    const { samples, gainDb } = toPlayback(constant(-0.2), decibels(2));
    expect(samples[2000]).toBeCloseTo(-0.4, 6);
    expect(gainDb).toBeCloseTo(6.0206, 4);
  });

  it('stops at full scale and returns the gain that was applied', () => {
    const { samples, gainDb } = toPlayback(constant(0.2), 40);
    expect(samples[2000]).toBe(1);
    expect(gainDb).toBeCloseTo(decibels(5), 5);
    expect(toPlayback(constant(2), 0).gainDb).toBeCloseTo(-decibels(2), 5);
  });

  it('starts and ends at zero, reaches half after 2.5 ms and everything after 5 ms', () => {
    const { samples } = toPlayback(constant(1), 0);
    for (const end of [samples, samples.slice().reverse()]) {
      expect(end[0]).toBeLessThan(2e-5);
      expect((end[109]! + end[110]!) / 2).toBeCloseTo(0.5, 6);
      expect(end[220]).toBe(1);
    }
  });

  it('fades a very short waveform over its halves', () => {
    const { samples } = toPlayback(Float32Array.of(1, 1, 1, 1), 0);
    [0.1464, 0.8536, 0.8536, 0.1464].forEach((weight, n) => expect(samples[n]).toBeCloseTo(weight, 4));
  });

  it('keeps silence silent and its input as it was', () => {
    const input = constant(0.5);
    toPlayback(input, 3);
    expect(input).toEqual(constant(0.5));
    expect(toPlayback(constant(0), 20)).toEqual({ samples: constant(0), gainDb: 20 });
  });

  it.each([1, 3])('is hardly steeper where %i generated sounds begin, end and meet than within them', (count) => {
    const range = { floorDb: -60, ceilingDb: 40 };
    const sounds = Array.from({ length: count }, (_, i) => waveformToSound(tone(0.1, 220 + 91 * i), range));
    const { samples } = toPlayback(soundsToWaveform(sounds, range), 6);
    const steps = Array.from({ length: samples.length + 1 }, (_, n) => Math.abs((samples[n] ?? 0) - (samples[n - 1] ?? 0)));
    const steepest = (from: number, to?: number) => steps.slice(from, to).reduce((a, b) => Math.max(a, b));
    const within = Array.from({ length: count }, (_, i) => steepest(6_000 + i * 16_384, 15_000 + i * 16_384));
    expect(steepest(0, 110)).toBeLessThan(within[0]!);
    expect(steepest(-110)).toBeLessThan(within.at(-1)!);
    expect(steepest(0)).toBeLessThan(1.25 * Math.max(...within));
  });

  it('refuses a gain that is not a number', () => {
    expect(() => toPlayback(constant(1), NaN)).toThrow('toPlayback: gainDb must be finite, got NaN');
  });
});
