import { describe, expect, it } from 'vitest';
import { createRandom } from '@cmcgan/random';
import { planEpoch } from './plan-epoch';

const plan = (classIds: number[], batchSize: number, seed = 1) =>
  planEpoch(classIds, { batchSize, random: createRandom(seed), name: 'train' });

const classesIn = (classIds: number[], batch: number[]) => new Set(batch.map((index) => classIds[index])).size;

describe('planEpoch', () => {
  it('uses every sample at most once and drops only what does not fill a batch', () => {
    const classIds = Array.from({ length: 47 }, (_, i) => i % 5);
    const batches = plan(classIds, 8);
    expect(batches.map((batch) => batch.length)).toEqual([8, 8, 8, 8, 8]);
    expect(new Set(batches.flat()).size).toBe(40);
  });

  it('is fixed by the seed and differs between seeds', () => {
    const classIds = Array.from({ length: 60 }, (_, i) => i % 3);
    expect(plan(classIds, 10, 7)).toEqual(plan(classIds, 10, 7));
    expect(plan(classIds, 10, 7)).not.toEqual(plan(classIds, 10, 8));
  });

  it('gives every batch two classes as long as there is one other sample for each batch', () => {
    for (let seed = 0; seed < 300; seed++) {
      const random = createRandom(seed);
      const batchSize = 2 + random.integer(5);
      const batchCount = 1 + random.integer(8);
      const others = batchCount + random.integer(3);
      const length = Math.max(batchSize * batchCount + random.integer(batchSize), others);
      const classIds = random.shuffle(Array.from({ length }, (_, i) => (i < others ? 1 + (i % 2) : 0)));
      const batches = plan(classIds, batchSize, seed);
      expect(batches.map((batch) => classesIn(classIds, batch) > 1)).toEqual(batches.map(() => true));
      expect(new Set(batches.flat()).size).toBe(batches.length * batchSize);
    }
  });

  it('throws if one class is too large for that', () => {
    const classIds = [...Array(29).fill(0), 1, 2];
    expect(() => plan(classIds, 10)).toThrow(
      'batches: every batch must hold 2 instruments, but 29 of the 31 pairs of the train split are of one; use a batchSize above 10',
    );
    expect(plan(classIds, 15)).toHaveLength(2);
  });

  it.each([
    [[0, 1, 0], 4, 'batches: batchSize must be at most the 3 pairs of the train split, got 4'],
    [[0, 1], 1, 'batches: batchSize must be an integer of at least 2, got 1'],
    [[0, 1, 0], 2.5, 'batches: batchSize must be an integer of at least 2, got 2.5'],
    [[3, 3, 3], 2, 'batches: the train split must hold at least 2 instruments, to mismatch pairs, got 1'],
  ])('refuses %j in batches of %d', (classIds, batchSize, message) => {
    expect(() => plan(classIds, batchSize)).toThrow(message);
  });
});
