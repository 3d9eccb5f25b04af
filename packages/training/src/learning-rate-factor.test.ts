import { describe, expect, it } from 'vitest';
import { learningRateFactor } from './learning-rate-factor';

const factors = (kind: 'constant' | 'linear' | 'cosine', options = {}, plannedSteps = 8) =>
  Array.from({ length: plannedSteps }, (_, step) =>
    learningRateFactor({ kind, decayShare: 0.5, ...options }, { step, plannedSteps }),
  );

describe('learningRateFactor', () => {
  it('stays 1', () => expect(factors('constant')).toEqual([1, 1, 1, 1, 1, 1, 1, 1]));

  it('goes down evenly over the last half, or over the whole', () => {
    expect(factors('linear')).toEqual([1, 1, 1, 1, 1, 0.75, 0.5, 0.25]);
    expect(factors('linear', { decayShare: 1 }, 4)).toEqual([1, 0.75, 0.5, 0.25]);
  });

  it('goes down along half a cosine', () => {
    const expected = [1, 0.853553, 0.5, 0.146447];
    factors('cosine', {}, 4).forEach((factor, step) => expect(factor).toBeCloseTo(expected[step], 6));
  });

  it('rises evenly at the start', () => {
    expect(factors('constant', { warmUpSteps: 4 })).toEqual([0.25, 0.5, 0.75, 1, 1, 1, 1, 1]);
    const [first] = factors('cosine', { warmUpSteps: 2 });
    expect(first).toBe(0.5);
  });

  it('with linear scaling, rises from the rate of one pass to that of all passes of an update', () => {
    const scaled = (options: object) =>
      Array.from({ length: 4 }, (_, step) =>
        learningRateFactor({ scaling: 'linear', ...options }, { step, plannedSteps: 8, passes: 9 }),
      );
    expect(scaled({})).toEqual([9, 9, 9, 9]);
    expect(scaled({ warmUpSteps: 4 })).toEqual([3, 5, 7, 9]);
    expect(learningRateFactor({ scaling: 'linear', warmUpSteps: 4 }, { step: 0, plannedSteps: 8 })).toBe(1);
  });

  it('keeps the last rate beyond what was planned, and never is 0', () => {
    const options = { kind: 'linear', decayShare: 0.5 } as const;
    expect(learningRateFactor(options, { step: 20, plannedSteps: 8 })).toBe(0.25);
    expect(Math.min(...factors('cosine', {}, 1000))).toBeGreaterThan(0);
  });
});
