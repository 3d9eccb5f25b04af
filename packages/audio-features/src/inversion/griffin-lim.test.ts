import { describe, expect, it } from 'vitest';
import { stft } from '../fourier/stft';
import { griffinLim } from './griffin-lim';

const framing = { fftSize: 512, hopSize: 128 };
const chord = Float32Array.from({ length: 8000 }, (_, n) => 0.4 * Math.sin(n * 0.2) + 0.3 * Math.sin(n * 0.531 + 1));

function magnitudeOf(samples: Float32Array): Float32Array {
  const { re, im } = stft(samples, framing);
  return Float32Array.from(re, (value, i) => Math.hypot(value, im[i]!));
}

function error(target: Float32Array, samples: Float32Array): number {
  const reached = magnitudeOf(samples);
  const gap = target.reduce((sum, value, i) => sum + (value - reached[i]!) ** 2, 0);
  return Math.sqrt(gap / target.reduce((sum, value) => sum + value * value, 0));
}

describe('griffinLim', () => {
  const target = magnitudeOf(chord);

  it('finds a waveform with the requested magnitudes', () => {
    expect(error(target, griffinLim(target, { ...framing, length: 8000 }))).toBeLessThan(0.05);
  });

  it('gets closer with more iterations', () => {
    const errors = [0, 4, 32].map((iterations) => error(target, griffinLim(target, { ...framing, iterations, length: 8000 })));
    expect(errors[1]).toBeLessThan(errors[0]!);
    expect(errors[2]).toBeLessThan(errors[1]!);
  });

  it('returns the samples that the frames span unless a length is given', () => {
    expect(griffinLim(target, { ...framing, iterations: 0 }).length).toBe(Math.floor(8000 / 128) * 128);
  });

  it('refuses magnitudes that are not whole frames', () => {
    expect(() => griffinLim(new Float32Array(500), framing)).toThrow(
      'griffinLim: magnitude must hold frames of 257 bins, got 500',
    );
  });

  it('refuses negative magnitudes', () => {
    const bad = new Float32Array(257);
    bad[5] = -1;
    expect(() => griffinLim(bad, framing)).toThrow('griffinLim: magnitude must be finite and at least 0 at index 5, got -1');
  });
});
