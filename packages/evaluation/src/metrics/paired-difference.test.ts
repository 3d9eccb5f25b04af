import { createRandom } from '@cmcgan/random';
import { describe, expect, it } from 'vitest';
import { pairedDifference } from './paired-difference';

const rights = (count: number, n: number) => Array.from({ length: n }, (_, i) => i < count);

describe('pairedDifference', () => {
  it('is exact, without an interval, for methods that differ on every sample or on none', () => {
    expect(pairedDifference([rights(50, 50)], [rights(0, 50)], createRandom(1))).toEqual({ difference: 1, interval: [1, 1] });
    expect(pairedDifference([rights(30, 50)], [rights(30, 50)], createRandom(1))).toEqual({ difference: 0, interval: [0, 0] });
  });

  it('has the interval of the normal approximation: the gains of 200 samples have a mean of 0.1 and a variance of 0.09', () => {
    const { difference, interval } = pairedDifference([rights(120, 200)], [rights(100, 200)], createRandom(1));
    expect(difference).toBeCloseTo(0.1, 12);
    const half = 1.96 * Math.sqrt(0.09 / 200);
    expect(interval[0]).toBeCloseTo(0.1 - half, 2);
    expect(interval[1]).toBeCloseTo(0.1 + half, 2);
  });

  it('is no surer for a repetition that says the same, but for one on other samples', () => {
    const [a, b] = [rights(120, 200), rights(100, 200)];
    const width = ({ interval: [low, high] }: { interval: readonly [number, number] }) => high - low;
    const once = width(pairedDifference([a], [b], createRandom(1)));
    expect(width(pairedDifference([a, a], [b, b], createRandom(1)))).toBeCloseTo(once, 2);
    const [c, d] = [[...a].reverse(), [...b].reverse()];
    expect(width(pairedDifference([a, c], [b, d], createRandom(1)))).toBeLessThan(once);
  });

  it('names a row with another number of samples', () => {
    expect(() => pairedDifference([[true]], [[true, false]], createRandom(1))).toThrow(
      'second must have 1 samples in row 0, got 2',
    );
  });
});
