import { createRandom } from '@cmcgan/random';
import { describe, expect, it } from 'vitest';
import { METRICS_FIXTURE } from '../../test/metrics-fixture';
import { againstChance, correlation } from './against-chance';

const groups = Array.from({ length: 60 }, (_, i) => i % 3);
const truths = groups.map((group, i) => 100 * group + (i % 20));
const random = () => createRandom(3);

describe('correlation', () => {
  it("equals scipy's", () => {
    const { a, b, value } = METRICS_FIXTURE.correlation;
    expect(correlation(a, b)).toBeCloseTo(value, 12);
  });
});

describe('againstChance', () => {
  it('of perfect estimates has no error, and no shuffle does as well', () => {
    const result = againstChance({ estimates: truths, truths, groups }, random());
    expect(result).toMatchObject({ n: 60, error: 0, pValue: 0.001 });
    expect(result.correlation).toBeCloseTo(1, 12);
    expect(result.shuffledError).toBeGreaterThan(result.shuffledWithinError);
  });

  it('of estimates that know the group alone is no better than a shuffle within groups', () => {
    const estimates = groups.map((group) => 100 * group);
    const result = againstChance({ estimates, truths, groups }, random());
    expect(result.shuffledWithinError).toBeCloseTo(result.error, 10);
    expect(result.pValue).toBe(1);
    expect(result.shuffledError).toBeGreaterThan(3 * result.error);
  });

  it('shuffles to the mean distance of all pairs of values', () => {
    const values = [1, 2, 4, 8];
    const expected = values.flatMap((a) => values.map((b) => Math.abs(a - b))).reduce((sum, d) => sum + d, 0) / 16;
    const result = againstChance({ estimates: values, truths: values, groups: [0, 0, 0, 0] }, random(), 20_000);
    expect(result.shuffledError).toBeCloseTo(expected, 1);
  });

  it("has the interval of the mean error's standard error, and of a share's", () => {
    const errors = Array.from({ length: 400 }, (_, i) => (i % 4) / 2); // 0, 0.5, 1, 1.5: mean 0.75, standard deviation 0.559
    const parts = { estimates: errors, truths: errors.map(() => 0), groups: errors.map(() => 0) };
    const { errorInterval, closeShare, closeInterval } = againstChance({ ...parts, tolerance: 0.5 }, random());
    const half = 1.96 * (Math.sqrt(5 / 16) / 20);
    expect(errorInterval[0]).toBeCloseTo(0.75 - half, 1.5);
    expect(errorInterval[1]).toBeCloseTo(0.75 + half, 1.5);
    expect(closeShare).toBe(0.5);
    expect(closeInterval[1] - closeInterval[0]).toBeCloseTo(2 * 1.96 * (0.5 / 20), 1.5);
  });

  it('counts as close what chance within groups would not be', () => {
    const result = againstChance({ estimates: truths, truths, groups, tolerance: 0.4 }, random());
    expect(result.closeShare).toBe(1);
    expect(result.shuffledCloseShare).toBeCloseTo(1 / 20, 2); // each of a group's 20 values stands for one of 20
  });

  it('refuses unequal lengths', () => {
    expect(() => againstChance({ estimates: [1], truths: [1, 2], groups: [0, 0] }, random())).toThrow(
      'must have the same length',
    );
  });
});
