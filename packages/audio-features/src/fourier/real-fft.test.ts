import { describe, expect, it } from 'vitest';
import { createRealFft } from './real-fft';

const signalOf = (size: number) =>
  Float64Array.from({ length: size }, (_, i) => Math.sin(i * i * 0.37) + 0.3 * Math.cos(i * 1.7));

function load(fft: ReturnType<typeof createRealFft>, signal: Float64Array): void {
  for (let i = 0; i < signal.length; i++) (i % 2 === 0 ? fft.even : fft.odd)[i >> 1] = signal[i]!;
}

describe('createRealFft', () => {
  it.each([4, 8, 16, 32, 64, 128, 512, 2048])('equals the defining sum at size %i', (size) => {
    const fft = createRealFft(size);
    const signal = signalOf(size);
    load(fft, signal);
    fft.forward();
    for (let k = 0; k <= size / 2; k += size > 256 ? 13 : 1) {
      let re = 0;
      let im = 0;
      for (let n = 0; n < size; n++) {
        const angle = (-2 * Math.PI * ((k * n) % size)) / size;
        re += signal[n]! * Math.cos(angle);
        im += signal[n]! * Math.sin(angle);
      }
      expect(fft.re[k]).toBeCloseTo(re, 9);
      expect(fft.im[k]).toBeCloseTo(im, 9);
    }
  });

  it.each([4, 8, 64, 128, 2048])('is undone by its inverse at size %i', (size) => {
    const fft = createRealFft(size);
    const signal = signalOf(size);
    load(fft, signal);
    fft.forward();
    fft.inverse();
    const error = Math.max(
      ...signal.map((value, i) => Math.abs(value - (i % 2 === 0 ? fft.inverseEven : fft.inverseOdd)[i >> 1]!)),
    );
    expect(error).toBeLessThan(1e-13);
  });

  it.each([0, 2, 3, 1000, 2.5])('refuses size %s', (size) => {
    expect(() => createRealFft(size)).toThrow(`size must be a power of two of at least 4, got ${size}`);
  });
});
