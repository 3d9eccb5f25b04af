import { readFileSync } from 'node:fs';

/** Reference values from numpy, scipy and scikit-learn (test/fixtures/make_metrics.py). */
export interface MetricsFixture {
  frechet: { a: number[][]; b: number[][]; distance: number };
  frechetFew: { a: number[][]; b: number[][]; distance: number };
  ridge: { x: number[][]; y: number[]; z: number[][]; predicted: number[] };
  retrieval: { scores: number[][]; meanRank: number; medianRank: number; recallAt: Record<1 | 5 | 10, number> };
  diversity: { samples: number[][][]; betweenLatents: number; betweenInputs: number };
  correlation: { a: number[]; b: number[]; value: number };
}

export const METRICS_FIXTURE = JSON.parse(
  readFileSync(new URL('fixtures/metrics.json', import.meta.url), 'utf8'),
) as MetricsFixture;
