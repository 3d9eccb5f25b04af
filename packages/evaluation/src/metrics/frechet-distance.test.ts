import { describe, expect, it } from 'vitest';
import { METRICS_FIXTURE } from '../../test/metrics-fixture';
import { frechetDistance } from './frechet-distance';

const { frechet, frechetFew } = METRICS_FIXTURE;

describe('frechetDistance', () => {
  it("equals the published formula with scipy's matrix root", () => {
    const result = frechetDistance(frechet.a, frechet.b);
    expect(result.distance).toBeCloseTo(frechet.distance, 8);
    expect(result).toMatchObject({ counts: [40, 30], dimensions: 6, rankDeficient: false });
  });

  it('is right with fewer vectors than dimensions, and marks it', () => {
    const result = frechetDistance(frechetFew.a, frechetFew.b);
    expect(result.distance).toBeCloseTo(frechetFew.distance, 6);
    expect(result.rankDeficient).toBe(true);
  });

  it('of one-dimensional Gaussians is (μ₁ - μ₂)² + (σ₁ - σ₂)²', () => {
    const [left, right] = [
      [[-1], [0], [1]],
      [[1], [5], [9]],
    ]; // μ 0, σ 1; μ 5, σ 4
    expect(frechetDistance(left, right).distance).toBeCloseTo(25 + 9, 10);
  });

  it('is 0 between a set and itself, and symmetric', () => {
    expect(frechetDistance(frechet.a, frechet.a).distance).toBeCloseTo(0, 8);
    expect(frechetDistance(frechet.b, frechet.a).distance).toBeCloseTo(frechet.distance, 8);
  });

  it('refuses a single vector and sides of different sizes', () => {
    expect(() => frechetDistance([[1, 2]], frechet.b)).toThrow('features must hold at least 2 vectors, got 1');
    expect(() => frechetDistance(frechet.a, [[1], [2]])).toThrow('both sides must have features of 6 numbers, got 1');
  });
});
