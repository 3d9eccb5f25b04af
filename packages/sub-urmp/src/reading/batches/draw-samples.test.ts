import { createRandom } from '@cmcgan/random';
import { describe, expect, it } from 'vitest';
import { drawSamples, type Sampling } from './draw-samples';
import { planEpoch } from './plan-epoch';

/** 3, 12, 48 and 37 samples of four classes: 100. */
const SIZES = [3, 12, 48, 37];
const CLASSES = SIZES.flatMap((size, id) => Array<number>(size).fill(id));

function counts(sampling: Sampling, seed: number) {
  const perSample = CLASSES.map(() => 0);
  for (const index of drawSamples(CLASSES, sampling, createRandom(seed))) perSample[index]++;
  const perClass = SIZES.map((_, id) => perSample.filter((_count, i) => CLASSES[i] === id).reduce((a, b) => a + b, 0));
  return { perSample, perClass };
}

describe('drawSamples', () => {
  it('draws every sample once when shuffled', () => expect(counts('shuffled', 1).perSample).toEqual(CLASSES.map(() => 1)));

  it.each<[Sampling, number[]]>([
    ['balanced', [25, 25, 25, 25]],
    [
      'square-root',
      [3, 12, 48, 37].map((n) => (100 * Math.sqrt(n)) / (Math.sqrt(3) + Math.sqrt(12) + Math.sqrt(48) + Math.sqrt(37))),
    ],
  ])('draws each class as often as its share: %s', (sampling, shares) => {
    const sums = SIZES.map(() => 0);
    for (let seed = 0; seed < 300; seed++) {
      const { perSample, perClass } = counts(sampling, seed);
      expect(perClass.reduce((a, b) => a + b, 0)).toBe(100);
      perClass.forEach((count, id) => {
        expect(Math.abs(count - shares[id])).toBeLessThan(1 + 1e-9);
        const own = perSample.filter((_, i) => CLASSES[i] === id);
        expect(Math.max(...own) - Math.min(...own)).toBeLessThanOrEqual(1);
        sums[id] += count / 300;
      });
    }
    sums.forEach((mean, id) => expect(Math.abs(mean - shares[id])).toBeLessThan(0.1));
  });

  it('is fixed by the seed, and draws other pairs of a large class in each epoch', () => {
    expect(counts('balanced', 4)).toEqual(counts('balanced', 4));
    expect(counts('balanced', 4).perSample).not.toEqual(counts('balanced', 5).perSample);
  });
});

describe('planEpoch', () => {
  it('makes as many full batches of two classes and more from balanced samples', () => {
    for (let seed = 0; seed < 100; seed++) {
      const plan = planEpoch(CLASSES, { batchSize: 3, random: createRandom(seed), name: 'train', sampling: 'balanced' });
      expect(plan.map((batch) => batch.length)).toEqual(Array<number>(33).fill(3));
      for (const batch of plan) expect(new Set(batch.map((index) => CLASSES[index])).size).toBeGreaterThan(1);
    }
  });
});
