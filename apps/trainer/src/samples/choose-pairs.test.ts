import type { Dataset, Pair } from '@cmcgan/sub-urmp';
import { describe, expect, it } from 'vitest';
import { choosePairs } from './choose-pairs';

const pair = (classId: number, id: string) => ({ classId, id }) as Pair;
const dataset = {
  classNames: ['flute', 'horn', 'viola'],
  splits: {
    train: [pair(0, 'f0'), pair(1, 'h0'), pair(1, 'h1'), pair(1, 'h2')],
    validation: [...['f1', 'f2', 'f3', 'f4'].map((id) => pair(0, id)), pair(2, 'v1')],
  },
} as Pick<Dataset, 'classNames' | 'splits'>;
const idsOf = (seed: number, perClass: number) => choosePairs(dataset, seed, perClass).map(({ id }) => id);

describe('choosePairs', () => {
  it('takes different pairs of each class, in the order of classes, from training where validation has none', () => {
    for (const seed of [1, 2, 3, 4]) {
      const ids = idsOf(seed, 2);
      expect(new Set(ids).size).toBe(5);
      expect(ids.join(' ')).toMatch(/^f[1-4] f[1-4] h\d h\d v1$/);
    }
  });

  it('begins each class with the same pair, however many are wanted', () => {
    for (const seed of [1, 2, 3, 4]) {
      const [f, h, v] = idsOf(seed, 1);
      const all = idsOf(seed, 3);
      expect([all[0], all[3], all[6]]).toEqual([f, h, v]);
    }
  });
});
