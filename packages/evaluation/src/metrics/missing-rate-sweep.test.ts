import { createRandom } from '@cmcgan/random';
import { describe, expect, it } from 'vitest';
import { missingRateSweep } from './missing-rate-sweep';

const complete = Array.from({ length: 40 }, () => true);
const missing = { zeroFilled: complete.map(() => false), generated: complete };

describe('missingRateSweep', () => {
  it('falls with the rate if a missing modality means an error, and stays constant if it does not', () => {
    const points = missingRateSweep({ complete, missing }, [0, 0.25, 0.5, 1], createRandom(1));
    expect(points.map(({ correct }) => correct.zeroFilled)).toEqual([40, 30, 20, 0]);
    expect(points.map(({ correct }) => correct.generated)).toEqual([40, 40, 40, 40]);
    expect(points[1]).toMatchObject({ rate: 0.25, missing: 10, n: 40 });
  });

  it('at its ends is the accuracy with all, and with none', () => {
    const mixed = { complete: [true, false, true], missing: { only: [false, true, true] } };
    const [none, all] = missingRateSweep(mixed, [0, 1], createRandom(1));
    expect(none.correct.only).toBe(2);
    expect(all.correct.only).toBe(2);
  });

  it('keeps samples missing: one that lacks a modality at one rate lacks it at all higher ones', () => {
    const rates = Array.from({ length: 11 }, (_, i) => i / 10);
    const counts = missingRateSweep({ complete, missing }, rates, createRandom(9)).map(({ correct }) => correct.zeroFilled);
    expect(counts).toEqual([...counts].sort((a, b) => b - a));
  });

  it('refuses a rate above 1 and outcomes of unequal length', () => {
    expect(() => missingRateSweep({ complete, missing }, [2], createRandom(1))).toThrow('rates must lie between 0 and 1, got 2');
    expect(() => missingRateSweep({ complete, missing: { only: [true] } }, [0], createRandom(1))).toThrow('got 1');
  });
});
