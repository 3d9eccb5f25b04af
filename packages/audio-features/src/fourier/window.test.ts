import { describe, expect, it } from 'vitest';
import { expectedValues, worstDifference } from '../../test/fixtures/features';
import { stft } from './stft';
import { blackman, blackmanHarris, flatTop, hamming, hann, kaiser, nuttall, rectangular, triangular } from './window';

const WINDOWS = { hann, hamming, blackman, blackmanHarris, nuttall, flatTop, rectangular, triangular, kaiser: kaiser(8.6) };
const expected = expectedValues('front-ends').windows!;

describe('windows', () => {
  it.each(Object.keys(expected))('equal those of scipy: %s', (name) => {
    const [, shape, size] = /(\D+)(\d+)/.exec(name)!;
    expect(worstDifference(WINDOWS[shape as keyof typeof WINDOWS](Number(size)), expected[name]!.values)).toBeLessThan(1e-7);
  });

  it('may be given as values', () => {
    const samples = Float32Array.from({ length: 200 }, (_, n) => Math.sin(n));
    const given = stft(samples, { fftSize: 64, window: hamming(40), windowSize: 40 });
    expect(given.re).toEqual(stft(samples, { fftSize: 64, window: hamming, windowSize: 40 }).re);
  });

  it('refuses anything that is not a window', () => {
    const samples = new Float32Array(100);
    expect(() => stft(samples, { fftSize: 64, window: new Float32Array(63) })).toThrow(
      'stft: window must have windowSize = 64 values, got 63',
    );
    expect(() => stft(samples, { window: 'hamming' as never })).toThrow(
      'stft: window must be a function such as hann, hamming or kaiser(beta), or an array of values, got hamming',
    );
    expect(() => kaiser(-1)).toThrow('kaiser: beta must lie in 0..700, got -1');
  });
});
