import { describe, expect, it } from 'vitest';
import { precisionRecall } from './precision-recall';

const points = (...values: number[]) => values.map((value) => [value]);

describe('precisionRecall', () => {
  it('counts samples within the distance to the k-th neighbour, here on a line', () => {
    // Nearest neighbours of the real ones are 1, 1, 1 and 8 away: 0.5 and 3 are among them, 20 is 10 from 10. Those of the generated ones are 2.5, 2.5 and 17 away.
    const result = precisionRecall({ real: points(0, 1, 2, 10), generated: points(0.5, 3, 20) }, 1);
    expect(result).toEqual({ precision: 2 / 3, recall: 1 });
  });

  it('tells one prototype from the whole range: precise, with little recall', () => {
    const real = points(...Array.from({ length: 20 }, (_, i) => i));
    const generated = points(9.9, 10, 10.1, 10.2, 10.3);
    expect(precisionRecall({ real, generated })).toEqual({ precision: 1, recall: 1 / 20 });
  });

  it('is 1 for the same samples, and 0 far away', () => {
    const real = points(1, 2, 4, 8, 16);
    expect(precisionRecall({ real, generated: real })).toEqual({ precision: 1, recall: 1 });
    expect(precisionRecall({ real, generated: points(100, 101, 102, 103) })).toEqual({ precision: 0, recall: 0 });
  });

  it('refuses too few samples', () => {
    expect(() => precisionRecall({ real: points(1, 2, 3, 4), generated: points(1, 2, 3) })).toThrow(
      'precisionRecall: generated must be more than 3 samples, got 3',
    );
  });
});
