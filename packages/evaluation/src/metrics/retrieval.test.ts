import { describe, expect, it } from 'vitest';
import { METRICS_FIXTURE } from '../../test/metrics-fixture';
import { retrieval } from './retrieval';

describe('retrieval', () => {
  it('finds every partner where each has the best score', () => {
    const scores = Array.from({ length: 12 }, (_, i) => Array.from({ length: 12 }, (_, j) => (i === j ? 1 : 0)));
    expect(retrieval(scores)).toMatchObject({ recallAt: { 1: 1, 5: 1, 10: 1 }, meanRank: 1, medianRank: 1, queries: 12 });
  });

  it('counts the places of known cases: ranks 1, 6 and 11 of 12', () => {
    const row = (query: number, better: number) =>
      Array.from({ length: 12 }, (_, j) => (j === query ? 0 : (j - query + 12) % 12 <= better ? 1 : -1));
    const scores = Array.from({ length: 12 }, (_, i) => row(i, [0, 5, 10][i % 3]));
    expect(retrieval(scores)).toMatchObject({ recallAt: { 1: 1 / 3, 5: 1 / 3, 10: 2 / 3 }, meanRank: 6, medianRank: 6 });
  });

  it('gives constant scores the rank of chance', () => {
    const { meanRank, recallAt } = retrieval(Array.from({ length: 99 }, () => new Float32Array(99).fill(0.5)));
    expect(meanRank).toBe(50);
    expect(recallAt[10]).toBe(0);
  });

  it("ranks as scipy's rankdata, equal scores included", () => {
    const { scores, ...expected } = METRICS_FIXTURE.retrieval;
    const { meanRank, medianRank, recallAt } = retrieval(scores);
    expect(meanRank).toBeCloseTo(expected.meanRank, 12);
    expect(medianRank).toBe(expected.medianRank);
    expect(recallAt).toEqual(expected.recallAt);
  });

  it('refuses scores that are not square, or not numbers', () => {
    expect(() => retrieval([[1, 2]])).toThrow('scores must be square, 1 × 1, got a row of 2');
    expect(() => retrieval([[NaN]])).toThrow('got NaN for query 0, candidate 0');
    expect(() => retrieval([])).toThrow('at least one query');
  });
});
