import { describe, expect, it } from 'vitest';
import { istft } from './istft';
import { stft } from './stft';
import { hamming, kaiser, rectangular } from './window';

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

  it('has 1 + floor(samples / hop) frames if centred', () => {
    expect(stft(noise(22050)).frameCount).toBe(44);
    expect(stft(noise(1)).frameCount).toBe(1);
  });

  it('has no frames when the signal is shorter than one and not centred', () => {
    expect(stft(noise(100), { fftSize: 256, center: false }).frameCount).toBe(0);
  });

  it.each([
    [{ fftSize: 1 }, 'stft: fftSize must be an integer in 2..16777216, got 1'],
    [{ fftSize: 400.5 }, 'stft: fftSize must be an integer in 2..16777216, got 400.5'],
    [{ padMode: 'wrap' as never }, 'stft: padMode must be constant, edge, reflect, symmetric, got wrap'],
    [{ center: 1 as never }, 'stft: center must be true or false, got 1'],
    [{ nFft: 512 } as object, 'stft: options must be among fftSize, hopSize, windowSize, window, center, padMode, got nFft'],
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
    { fftSize: 400, hopSize: 160 },
    { fftSize: 401, hopSize: 100, window: kaiser(6) },
    { fftSize: 63, hopSize: 9, padMode: 'reflect' as const },
    { fftSize: 256, hopSize: 256, window: rectangular },
    { fftSize: 2, hopSize: 1 },
  ])('reconstructs the waveform within 1e-6: %o', (framing) => {
    const samples = noise(22050);
    const back = istft(stft(samples, framing), { length: samples.length });
    expect(back.length).toBe(samples.length);
    expect(back.reduce((worst, value, i) => Math.max(worst, Math.abs(value - samples[i]!)), 0)).toBeLessThan(1e-6);
  });

  it.each([
    { fftSize: 512, uncovered: [0] },
    { fftSize: 2048, uncovered: [0, 1, 2, 8190, 8191] },
    { fftSize: 400, hopSize: 164, uncovered: [0] },
    { fftSize: 512, window: hamming, uncovered: [] as number[] },
  ])('reconstructs every sample that a window covers, without centring: %o', ({ uncovered, ...framing }) => {
    const samples = noise(8192);
    const spectrum = stft(samples, { ...framing, center: false });
    const back = istft(spectrum, { uncovered: 'zero' });
    expect(back.length).toBe((spectrum.frameCount - 1) * spectrum.hopSize + spectrum.fftSize);
    back.forEach((value, n) => {
      if (uncovered.includes(n)) expect(Math.abs(value)).toBe(0);
      else expect(Math.abs(value - samples[n]!)).toBeLessThan(1e-6);
    });
    if (uncovered.length === 0) expect(istft(spectrum)).toEqual(back);
  });

  it('says which samples no window covers', () => {
    const spectrum = stft(noise(8192), { center: false });
    expect(() => istft(spectrum)).toThrow(
      "istft: samples must be covered by a window, got none at 0..2, 8190..8191 of 8192; { uncovered: 'zero' } returns zeros there",
    );
    const centred = stft(noise(8000), { fftSize: 512 });
    expect(() => istft(centred, { length: 9000 })).toThrow('got none at 8192..8999 of 9000');
    const sparse = stft(noise(500), { fftSize: 64, hopSize: 100, center: false });
    expect(() => istft(sparse)).toThrow('got none at 0, 64..100, 164..200, 264..300 and 1 more ranges of 464');
  });

  it('refuses unknown options', () => {
    expect(() => istft(stft(noise(4096)), { lenght: 3 } as object)).toThrow('(did you mean length?)');
    expect(() => istft(stft(noise(4096)), { uncovered: 'nan' as never })).toThrow('uncovered must be error or zero, got nan');
  });

  it('refuses planes of the wrong length', () => {
    const spectrum = stft(noise(4096));
    expect(() => istft({ ...spectrum, im: spectrum.im.subarray(1) })).toThrow('istft: im must hold 9×1025 values, got 9224');
  });
});
