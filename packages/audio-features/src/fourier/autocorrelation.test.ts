import { describe, expect, it } from 'vitest';
import { createAutocorrelation } from './autocorrelation';

describe('createAutocorrelation', () => {
  it.each([2, 3, 7, 64, 100, 343])('returns the sums of products, of %i values', (size) => {
    const { powerOf, ofPower } = createAutocorrelation(size, 'test');
    const signal = Float64Array.from({ length: size }, (_, n) => Math.sin(n * n) + 0.2);
    for (const values of [signal, signal.map((value) => 3 * value)]) {
      const found = ofPower(powerOf(values));
      expect(found).toHaveLength(size);
      for (let lag = 0; lag < size; lag++) {
        let sum = 0;
        for (let n = 0; n + lag < size; n++) sum += values[n]! * values[n + lag]!;
        expect(found[lag]).toBeCloseTo(sum, 9);
      }
    }
  });
});
