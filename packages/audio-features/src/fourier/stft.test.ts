import { describe, expect, it } from 'vitest';
import { istft } from './istft';
import { stft } from './stft';

const noise = (length: number) => Float32Array.from({ length }, (_, i) => Math.sin(i * i * 0.01 + Math.sin(i)) * 0.9);

describe('stft', () => {
  it('shows a sine of a bin as half the window sum in that bin', () => {
    const samples = Float32Array.from({ length: 4096 }, (_, n) => Math.cos((2 * Math.PI * 8 * n) / 256));
    const { re, im, binCount, frameCount } = stft(samples, { fftSize: 256, hopSize: 64, center: false });
    expect([binCount, frameCount]).toEqual([129, 61]);
    expect(Math.hypot(re[8]!, im[8]!)).toBeCloseTo(64, 4); // 0.5 · 256 · mean of the Hann window
    expect(Math.hypot(re[9]!, im[9]!)).toBeCloseTo(32, 4);
    expect(Math.hypot(re[11]!, im[11]!)).toBeCloseTo(0, 4);
  });

  it('has 1 + floor(samples / hop) frames when centred', () => {
    expect(stft(noise(22050)).frameCount).toBe(44);
    expect(stft(noise(1)).frameCount).toBe(1);
  });

  it('has no frames when the signal is shorter than one and not centred', () => {
    expect(stft(noise(100), { fftSize: 256, center: false }).frameCount).toBe(0);
  });

  it.each([
    [{ fftSize: 1000 }, 'stft: fftSize must be a power of two of at least 4, got 1000'],
    [{ hopSize: 0 }, 'stft: hopSize must be a positive integer, got 0'],
    [{ fftSize: 512, windowSize: 513 }, 'stft: windowSize must be an integer in 1..512, got 513'],
  ])('refuses %o', (framing, message) => {
    expect(() => stft(noise(5000), framing)).toThrow(message);
  });
});

describe('istft', () => {
  it.each([
    { fftSize: 2048, hopSize: 512 },
    { fftSize: 1024, hopSize: 256, windowSize: 800 },
    { fftSize: 512, hopSize: 200 },
  ])('reconstructs the waveform within 1e-6: %o', (framing) => {
    const samples = noise(22050);
    const back = istft(stft(samples, framing), { length: samples.length });
    expect(back.length).toBe(samples.length);
    expect(back.reduce((worst, value, i) => Math.max(worst, Math.abs(value - samples[i]!)), 0)).toBeLessThan(1e-6);
  });

  it('reconstructs the middle without centring, where windows overlap fully', () => {
    const samples = noise(8192);
    const back = istft(stft(samples, { fftSize: 512, center: false }));
    expect(back.length).toBe(8192);
    for (let i = 512; i < 7680; i++) expect(Math.abs(back[i]! - samples[i]!)).toBeLessThan(1e-6);
  });

  it('refuses planes of the wrong length', () => {
    const spectrum = stft(noise(4096));
    expect(() => istft({ ...spectrum, im: spectrum.im.subarray(1) })).toThrow('istft: im must hold 9×1025 values, got 9224');
  });
});
