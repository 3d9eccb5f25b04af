import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { calibrationError, fitPoolWeights, poolOpinions } from '../index';

/** Written by SciPy and torchmetrics: test/fixtures/make_pool.py. */
const reference = JSON.parse(readFileSync(new URL('../../test/fixtures/pool.json', import.meta.url), 'utf8')) as {
  classIds: number[];
  cases: {
    name: string;
    prior: [V: number, A: number];
    weights: [V: number, A: number];
    calibrationErrorOfV: number;
    V: number[][];
    A: number[][];
    pooled: number[][];
  }[];
};
const { classIds } = reference;
const cases = reference.cases.map(({ V, A, ...rest }) => ({
  ...rest,
  opinions: { V: V.map((row) => Float32Array.from(row)), A: A.map((row) => Float32Array.from(row)) },
}));

describe.each(cases)('an opinion pool where $name', ({ opinions, prior, weights, pooled, calibrationErrorOfV }) => {
  it("has the weights of SciPy's bounded optimiser", () => {
    const fitted = fitPoolWeights({ ...opinions, classIds }, { V: prior[0], A: prior[1] });
    expect(fitted.V).toBeCloseTo(weights[0], 4);
    expect(fitted.A).toBeCloseTo(weights[1], 4);
  });

  it("has SciPy's log-probabilities", () => {
    const found = poolOpinions(opinions, { V: weights[0], A: weights[1] });
    found.forEach((row, i) => row.forEach((value, id) => expect(value).toBeCloseTo(pooled[i][id], 4)));
  });

  it("has torchmetrics' calibration error for the image alone", () => {
    expect(calibrationError(opinions.V, classIds)).toBeCloseTo(calibrationErrorOfV, 5);
  });
});

describe('fitPoolWeights', () => {
  it('returns the prior without samples', () => {
    expect(fitPoolWeights({ V: [], A: [], classIds: [] }, { V: 0, A: 1 })).toEqual({ V: 0, A: 1 });
  });

  it('ignores a classifier that is wrong whenever it is sure, and trusts one that is right more than it says', () => {
    const sureOf = (id: number, logProbability: number) =>
      Float32Array.from({ length: 3 }, (_, i) => (i === id ? logProbability : Math.log((1 - Math.exp(logProbability)) / 2)));
    const ids = Array.from({ length: 300 }, (_, i) => i % 3);
    const V = ids.map((id) => sureOf((id + 1) % 3, Math.log(0.9)));
    const A = ids.map((id) => sureOf(id, Math.log(0.5)));
    const weights = fitPoolWeights({ V, A, classIds: ids }, { V: 1, A: 1 });
    expect(weights.V).toBe(0);
    expect(weights.A).toBeGreaterThan(2);
  });
});

describe('calibrationError', () => {
  const sure = (confidence: number) => Float32Array.of(Math.log(confidence), Math.log(1 - confidence));

  it('is the gap between confidence and accuracy, by hand', () => {
    const rows = [sure(0.8), sure(0.8), sure(0.8), sure(0.8), sure(0.9), sure(0.9)];
    expect(calibrationError(rows, [0, 0, 0, 1, 0, 1])).toBeCloseTo((4 * 0.05 + 2 * 0.4) / 6, 6);
  });

  it('names lengths that differ', () => {
    expect(() => calibrationError([sure(0.8)], [])).toThrow(
      'calibrationError: classIds must have one id for each of 1 samples, got 0',
    );
  });
});
