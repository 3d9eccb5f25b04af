import { describe, expect, it } from 'vitest';
import { clusterBootstrap } from './cluster-bootstrap';

const ones = (count: number, of: number) => Array.from({ length: of }, (_, i) => Number(i < count));

describe('clusterBootstrap', () => {
  it('has the quantiles of the binomial distribution where each cluster is right or wrong', () => {
    // Of B(40, 1/4), 5 is the 2.5th percentile and 16 the 97.5th (exact sums of its probabilities).
    const { mean, interval } = clusterBootstrap(ones(10, 40));
    expect(mean).toBe(0.25);
    expect(interval).toEqual([5 / 40, 16 / 40]);
  });

  it('has no width where all clusters agree, and is wider the fewer there are', () => {
    expect(clusterBootstrap([0.5, 0.5, 0.5]).interval).toEqual([0.5, 0.5]);
    const width = (count: number) => {
      const [low, high] = clusterBootstrap(ones(count / 2, count)).interval;
      return high - low;
    };
    expect(width(400) / width(100)).toBeCloseTo(0.5, 1);
  });

  it('depends on the seed alone', () => {
    const drawn = (seed: number) => clusterBootstrap([0.1, 0.7, 0.2, 0.94, 0.53, 0.31], { seed, draws: 60 }).interval;
    expect(drawn(5)).toEqual(drawn(5));
    expect(drawn(6)).not.toEqual(drawn(5));
  });

  it('refuses no clusters', () => {
    expect(() => clusterBootstrap([])).toThrow('clusterBootstrap: values must hold at least one cluster, got none');
  });
});
