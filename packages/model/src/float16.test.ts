import { describe, expect, it } from 'vitest';
import { fromFloat16, toFloat16 } from './float16';

const ALL = Uint16Array.from({ length: 0x10000 }, (_, bits) => bits);
const isNaNBits = (bits: number) => (bits & 0x7c00) === 0x7c00 && (bits & 0x3ff) !== 0;

describe('float16', () => {
  it('keeps each half-precision number', () => {
    const numbers = ALL.filter((bits) => !isNaNBits(bits));
    expect(Buffer.from(toFloat16(fromFloat16(numbers)).buffer).equals(Buffer.from(numbers.buffer))).toBe(true);
    expect([...fromFloat16(ALL.filter(isNaNBits))].every(Number.isNaN)).toBe(true);
    expect(toFloat16(Float32Array.of(NaN))[0] & 0x7fff).toBe(0x7e00);
  });

  it('takes the nearest number, the even one of two that are as near', () => {
    const positive = ALL.subarray(0, 0x7c00);
    const values = fromFloat16(positive);
    for (let i = 0; i + 1 < values.length; i++) {
      const middle = (values[i] + values[i + 1]) / 2;
      const [below, at, above] = toFloat16(Float32Array.of(middle * (1 - 2 ** -20), middle, middle * (1 + 2 ** -20)));
      if (below !== i || above !== i + 1 || at !== (i % 2 === 0 ? i : i + 1))
        expect([below, at, above]).toEqual([i, 'even', i + 1]);
    }
  });

  // By Python: struct.pack('<e', value)
  it.each<[number, number]>([
    [1 / 3, 0x3555],
    [-0, 0x8000],
    [65_504, 0x7bff],
    [65_519.99, 0x7bff],
    [2 ** -24, 0x0001],
    [2 ** -25, 0x0000],
    [6.1e-5, 0x03ff],
    [2049, 0x6800],
    [2051, 0x6802],
    [-0.1, 0xae66],
  ])('rounds %d as Python does', (value, bits) => {
    expect(toFloat16(Float32Array.of(value))[0]).toBe(bits);
  });

  it('becomes infinite beyond its range', () => {
    expect([...toFloat16(Float32Array.of(65_520, -1e6, Infinity))]).toEqual([0x7c00, 0xfc00, 0x7c00]);
  });
});
