import { describe, expect, it } from 'vitest';
import { float32, float64, int32, openSpectrumMemory } from './spectrum-memory';

describe('openSpectrumMemory', () => {
  it('aligns arrays to whole vectors, with room after each, filled with zeros', () => {
    const { arrays } = openSpectrumMemory(
      { a: float64(3), b: int32(1), c: float32(5), d: float64(0), e: float64(100_000) },
      'test',
    );
    expect([arrays.a.length, arrays.b.length, arrays.c.length, arrays.d.length, arrays.e.length]).toEqual([3, 1, 5, 0, 100_000]);
    const places = Object.values(arrays);
    places.forEach((array, i) => {
      expect(array.byteOffset % 16).toBe(0);
      if (i > 0) expect(array.byteOffset - places[i - 1]!.byteOffset - places[i - 1]!.byteLength).toBeGreaterThanOrEqual(8);
      expect(array.every((value) => value === 0)).toBe(true);
    });
  });

  it('shares nothing between two memories', () => {
    const [one, other] = [openSpectrumMemory({ a: float64(2) }, 'test'), openSpectrumMemory({ a: float64(2) }, 'test')];
    one.arrays.a.fill(7);
    expect([...other.arrays.a]).toEqual([0, 0]);
  });

  it('refuses arrays that do not fit into 4 GiB', () => {
    expect(() => openSpectrumMemory({ a: float64(2 ** 29), b: float64(2 ** 29) }, 'melToWaveform')).toThrow(
      'melToWaveform: the sound must fit into 4 GiB of work space, got 9 GiB; cut it',
    );
  });
});
