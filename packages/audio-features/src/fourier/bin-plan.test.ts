import { describe, expect, it } from 'vitest';
import { float64, type ArrayTable } from '../wasm/spectrum-memory';
import { createBinPlan } from './bin-plan';
import { resolveFraming, type Framing } from './frame-plan';

/** Powers of two; twice odd numbers and primes; odd numbers and primes. */
const SIZES = [
  2, 4, 8, 16, 32, 64, 128, 256, 512, 2048, 4096, 6, 10, 12, 14, 22, 100, 400, 1102, 1200, 2206, 3, 5, 7, 9, 25, 101, 1103,
];

const signalOf = (size: number) =>
  Float32Array.from({ length: size }, (_, i) => Math.sin(i * i * 0.37) + 0.3 * Math.cos(i * 1.7));
const planWith = <T extends ArrayTable>(framing: Framing, others: T) =>
  createBinPlan(resolveFraming(framing, 'test'), others, 'test');
const planOf = (fftSize: number, framing = {}) => planWith({ fftSize, center: false, ...framing }, {});

describe('createBinPlan', () => {
  it.each(SIZES)('transforms the windowed samples like the defining sum, at size %i', (size) => {
    const { analyse, arrays, window } = planOf(size);
    const signal = signalOf(size);
    analyse(signal, 0);
    for (let k = 0; k <= size / 2; k += size > 256 ? 13 : 1) {
      let re = 0;
      let im = 0;
      for (let n = 0; n < size; n++) {
        const angle = (-2 * Math.PI * ((k * n) % size)) / size;
        re += signal[n]! * window[n]! * Math.cos(angle);
        im += signal[n]! * window[n]! * Math.sin(angle);
      }
      expect(arrays.re[k]).toBeCloseTo(re, 9);
      expect(arrays.im[k]).toBeCloseTo(im, 9);
    }
  });

  it.each(SIZES)('adds the inverse transform, windowed again, at size %i', (size) => {
    const { analyse, arrays, module, window } = planWith({ fftSize: size, center: false }, { sums: float64(size + 3) });
    const signal = signalOf(size);
    arrays.sums.fill(1);
    analyse(signal, 0);
    const spectrum = arrays.re.slice();
    module.synthesise(arrays.sums.byteOffset + 2 * 8);
    const error = signal.reduce(
      (worst, value, n) => Math.max(worst, Math.abs(1 + value * window[n]! ** 2 - arrays.sums[n + 2]!)),
      0,
    );
    expect(error).toBeLessThan(1e-13);
    expect([arrays.sums[0], arrays.sums[1], arrays.sums[size + 2]]).toEqual([1, 1, 1]);
    expect(arrays.re).toEqual(spectrum);
  });

  it.each([-1, 0, 3, 7, 40])('treats samples beyond the ends as zeros: frame %i', (frame) => {
    const signal = signalOf(50);
    const centred = planOf(16, { hopSize: 8, center: true });
    centred.analyse(signal, frame);
    const padded = new Float32Array(16);
    for (let n = 0; n < 16; n++) padded[n] = signal[frame * 8 - 8 + n] ?? 0;
    const plain = planOf(16);
    plain.analyse(padded, 0);
    expect(centred.arrays.re).toEqual(plain.arrays.re);
    expect(centred.arrays.im).toEqual(plain.arrays.im);
  });

  it('returns squared magnitudes above a floor', () => {
    const { analyse, arrays, module } = planWith({ fftSize: 32 }, { power: float64(17) });
    analyse(signalOf(32), 1);
    module.power(arrays.power.byteOffset, 0.5);
    arrays.power.forEach((value, k) => expect(value).toBeCloseTo(arrays.re[k]! ** 2 + arrays.im[k]! ** 2 + 0.5, 12));
  });

  it.each(SIZES)('returns squared magnitudes without the bins, at size %i, and leaves the zeros after them', (size) => {
    const { analyse, arrays, module, binCount } = planWith({ fftSize: size, center: false }, { power: float64((size >> 1) + 3) });
    analyse(signalOf(size), 0);
    module.powerOf(arrays.frame.byteOffset, arrays.power.byteOffset);
    const most = arrays.power.reduce((a, b) => Math.max(a, b));
    arrays.re.forEach((re, k) => expect(Math.abs(arrays.power[k]! - re ** 2 - arrays.im[k]! ** 2)).toBeLessThan(1e-12 * most));
    expect([...arrays.power.subarray(binCount)]).toEqual([0, 0]);
  });

  it('steps towards a target power with momentum', () => {
    const tables = { target: float64(9), lastRe: float64(9), lastIm: float64(9) };
    const { analyse, arrays, module } = planWith({ fftSize: 16 }, tables);
    const { re, im, target, lastRe, lastIm } = arrays;
    analyse(signalOf(32), 1);
    for (let k = 0; k < 9; k++) [target[k], lastRe[k], lastIm[k]] = [k, 0.1 * k, -0.2];
    const before = { re: re.slice(), im: im.slice() };
    module.aim(target.byteOffset, lastRe.byteOffset, lastIm.byteOffset, 0.25);
    for (let k = 0; k < 9; k++) {
      const [a, b] = [before.re[k]! - 0.25 * 0.1 * k, before.im[k]! + 0.25 * 0.2];
      expect(re[k]).toBeCloseTo((a * Math.sqrt(k)) / Math.hypot(a, b), 12);
      expect(im[k]).toBeCloseTo((b * Math.sqrt(k)) / Math.hypot(a, b), 12);
    }
    expect([lastRe, lastIm]).toEqual([before.re, before.im]);
  });
});
