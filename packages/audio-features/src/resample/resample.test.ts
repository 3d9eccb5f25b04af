import { describe, expect, it } from 'vitest';
import { createResampler } from './create-resampler';
import { resample } from './resample';

const sine = (hz: number, rateHz: number, count: number, phase = 0) =>
  Float32Array.from({ length: count }, (_, n) => Math.sin((2 * Math.PI * hz * n) / rateHz + phase));

const dot = (a: Float32Array, b: Float32Array) => a.reduce((sum, value, i) => sum + value * b[i]!, 0);

const level = (samples: Float32Array) => Math.sqrt(dot(samples, samples) / samples.length);

const decibels = (ratio: number) => 20 * Math.log10(ratio);
const RATES = [[44100, 16000], [48000, 44100], [16000, 44100], [22050, 44100], [44100, 22050], [8000, 48000], [44100, 44101], [96000, 44100]] as const; // prettier-ignore

describe.each(RATES)('resample %i → %i Hz', (fromHz, toHz) => {
  const nyquist = Math.min(fromHz, toHz) / 2;
  const count = Math.ceil(fromHz * 0.25);
  // Away from the silence around the signal.
  const margin = Math.ceil((150 * toHz) / Math.min(fromHz, toHz));

  it('passes sines up to 0.9 of the lower Nyquist frequency: level within 0.1 dB, all else below -90 dB', () => {
    for (const share of [0.01, 0.3, 0.7, 0.85, 0.9]) {
      const whole = resample(sine(share * nyquist, fromHz, count), { fromHz, toHz });
      const output = whole.subarray(margin, whole.length - margin);
      const expected = sine(share * nyquist, toHz, whole.length).subarray(margin, whole.length - margin);
      const gain = dot(output, expected) / dot(expected, expected);
      const residue = output.map((value, i) => value - gain * expected[i]!); // images, aliases, noise, a shift in time
      expect(Math.abs(decibels(gain)), `level at ${share}`).toBeLessThan(0.1);
      expect(decibels(level(residue)), `residue at ${share}`).toBeLessThan(-90);
    }
  });

  it('stops sines above the lower Nyquist frequency', () => {
    if (toHz > fromHz) return;
    for (const share of [1, 1.05, 1.3, 1.9]) {
      const hz = share * nyquist;
      if (hz >= fromHz / 2) continue;
      const output = resample(sine(hz, fromHz, count, 0.5), { fromHz, toHz });
      expect(decibels(level(output.subarray(margin, output.length - margin))), `at ${share}`).toBeLessThan(-90);
    }
  });

  it('returns ceil(samples · to / from) samples', () => {
    for (const length of [1, 2, 99, 1000]) {
      expect(resample(new Float32Array(length), { fromHz, toHz }).length).toBe(Math.ceil((length * toHz) / fromHz));
    }
  });
});

describe('createResampler', () => {
  it.each([1, 7, 100, 1000, 5000])('returns the same in pieces of %i as at once', (size) => {
    const input = sine(1234, 44100, 5000);
    const options = { fromHz: 44100, toHz: 16000 };
    const resampler = createResampler(options);
    const pieces: number[] = [];
    for (let at = 0; at < input.length; at += size) pieces.push(...resampler.push(input.subarray(at, at + size)));
    pieces.push(...resampler.flush());
    expect(Float32Array.from(pieces)).toEqual(resample(input, options));
  });

  it('keeps a constant constant', () => {
    const output = resample(new Float32Array(4000).fill(0.5), { fromHz: 8000, toHz: 11025 });
    for (let i = 200; i < output.length - 200; i++) expect(output[i]).toBeCloseTo(0.5, 6);
  });

  it('copies if the rates are equal', () => {
    const input = sine(100, 8000, 50);
    const output = resample(input, { fromHz: 8000, toHz: 8000 });
    expect(output).toEqual(input);
    expect(output).not.toBe(input);
  });

  it.each([
    [{ fromHz: 0, toHz: 1 }, 'createResampler: fromHz must be a positive integer, got 0'],
    [{ fromHz: 44100, toHz: 22050.5 }, 'createResampler: toHz must be a positive integer, got 22050.5'],
  ])('refuses %o', (options, message) => {
    expect(() => createResampler(options)).toThrow(message);
  });

  it('accepts an AudioBuffer with one channel', () => {
    const input = sine(100, 8000, 50);
    const buffer = { numberOfChannels: 1, sampleRate: 8000, getChannelData: () => input };
    expect(resample(buffer, { fromHz: 8000, toHz: 11025 })).toEqual(resample(input, { fromHz: 8000, toHz: 11025 }));
    expect(() => resample([input, input], { fromHz: 8000, toHz: 11025 })).toThrow(
      'resample: samples must be of one channel (toMono mixes them), got 2',
    );
  });

  it('names samples that are not numbers', () => {
    expect(() => resample(Float32Array.of(0, Number.NaN), { fromHz: 2, toHz: 3 })).toThrow(
      'resample: samples must be finite numbers, got NaN at sample 1',
    );
  });
});
