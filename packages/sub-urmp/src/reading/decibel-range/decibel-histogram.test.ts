import { describe, expect, it } from 'vitest';
import { createDecibelHistogram } from './decibel-histogram';

const ramp = (from: number, to: number, count = 100_001) =>
  Float32Array.from({ length: count }, (_, i) => from + ((to - from) * i) / (count - 1));

describe('createDecibelHistogram', () => {
  it('takes the least value as floor when it is less than 80 dB down', () => {
    const histogram = createDecibelHistogram();
    histogram.add(ramp(-30, 20));
    expect(histogram.range()).toEqual({ floorDb: -30, ceilingDb: 20 });
  });

  it('takes the floor 80 dB below the ceiling otherwise', () => {
    const histogram = createDecibelHistogram();
    histogram.add(ramp(-100, 12.5));
    expect(histogram.range()).toEqual({ floorDb: -67.5, ceilingDb: 12.5 });
  });

  it('lets one value in 10,000 lie above the ceiling, but not two', () => {
    const withLoud = (count: number) => {
      const histogram = createDecibelHistogram();
      histogram.add(ramp(-20, 10, 10_000 - count));
      histogram.add(new Float32Array(count).fill(60));
      return histogram.range().ceilingDb;
    };
    expect(withLoud(1)).toBe(10);
    expect(withLoud(2)).toBe(60);
  });

  it('does not depend on the order', () => {
    const [forth, back] = [createDecibelHistogram(), createDecibelHistogram()];
    const parts = [ramp(-90, -10), ramp(-50, 5), ramp(3, 17)];
    parts.forEach(forth.add);
    parts.reverse().forEach(back.add);
    expect(forth.range()).toEqual(back.range());
  });

  it('refuses silence', () => {
    const histogram = createDecibelHistogram();
    histogram.add(new Float32Array(5632).fill(-100));
    expect(() => histogram.range()).toThrow('openDataset: the training sounds must not all be silent, got 5632 equal values');
  });
});
