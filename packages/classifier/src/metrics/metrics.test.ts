import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { accuracyOf, confusionMatrix, scorePredictions, wilsonInterval } from '../index';

/** Written by statsmodels, SciPy and scikit-learn: test/fixtures/make_metrics.py. */
const reference = JSON.parse(readFileSync(new URL('../../test/fixtures/metrics.json', import.meta.url), 'utf8')) as {
  wilson: { correct: number; n: number; statsmodels: number[]; scipy: number[] }[];
  classification: { actual: number[]; predicted: number[]; accuracy: number; confusion: number[][]; recall: number[] };
};

describe('wilsonInterval', () => {
  it.each(reference.wilson)('is that of statsmodels and SciPy for $correct of $n', ({ correct, n, statsmodels, scipy }) => {
    const interval = wilsonInterval(correct, n);
    for (const side of [0, 1]) {
      expect(interval[side]).toBeCloseTo(statsmodels[side], 12);
      expect(interval[side]).toBeCloseTo(scipy[side], 12);
    }
  });

  it('is [z²/(1+z²), 1] for one of one, by hand', () => {
    expect(wilsonInterval(1, 1, 2)).toEqual([0.2, 1]);
  });

  it('knows nothing from no samples', () => {
    expect(wilsonInterval(0, 0)).toEqual([0, 1]);
  });

  it.each([
    [-1, 5, 'correct must be a whole number from 0 to 5, got -1'],
    [6, 5, 'correct must be a whole number from 0 to 5, got 6'],
    [0.5, 5, 'correct must be a whole number from 0 to 5, got 0.5'],
    [0, -1, 'n must be a whole number of at least 0, got -1'],
  ])('refuses %d of %d', (correct, n, message) => {
    expect(() => wilsonInterval(correct, n)).toThrow(`wilsonInterval: ${message}`);
  });
});

describe('scorePredictions', () => {
  const { actual, predicted, accuracy, confusion, recall } = reference.classification;

  it('agrees with scikit-learn on accuracy, confusion matrix and recall', () => {
    const score = scorePredictions(actual, predicted, 5);
    expect(score.accuracy).toBeCloseTo(accuracy, 12);
    expect(score.confusion).toEqual(confusion);
    const withSamples = [0, 1, 2, 4];
    for (const id of withSamples) expect(score.perClass[id].accuracy, `class ${id}`).toBeCloseTo(recall[id], 12);
  });

  it('has no information about a class without samples', () => {
    expect(scorePredictions(actual, predicted, 5).perClass[3]).toEqual({ accuracy: NaN, correct: 0, n: 0, interval: [0, 1] });
  });

  it('counts samples, with the interval of their count', () => {
    expect(scorePredictions([0, 1, 1, 1], [0, 1, 1, 0], 2)).toMatchObject(accuracyOf(3, 4));
  });
});

describe('confusionMatrix', () => {
  it('has the actual class in rows, the predicted one in columns', () => {
    expect(confusionMatrix([0, 0, 1], [1, 1, 0], 2)).toEqual([
      [0, 2],
      [1, 0],
    ]);
  });

  it('names what does not fit', () => {
    expect(() => confusionMatrix([0, 1], [0], 2)).toThrow('confusionMatrix: predicted must be as long as actual, 2, got 1');
    expect(() => confusionMatrix([0, 2], [0, 1], 2)).toThrow('confusionMatrix: actual must hold class ids below 2, got 2');
    expect(() => confusionMatrix([0, 1], [0, -1], 2)).toThrow('confusionMatrix: predicted must hold class ids below 2, got -1');
  });
});
