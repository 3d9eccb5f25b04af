import { describe, expect, it } from 'vitest';
import type { Pair } from '../pair';
import { foldsOf } from './folds';

const pair = (instrument: string, timeMs: number, song = 1): Pair => ({
  ...{
    id: `train/${instrument}/${song} ${timeMs}`,
    stem: '',
    split: 'train',
    instrument,
    classId: 0,
    imagePath: '',
    soundPath: '',
  },
  ...{ song, timeMs },
});
/** In the order in which a file system lists the names. */
const pairs = [1000, 1100, 500, 900]
  .flatMap((timeMs) => [pair('horn', timeMs), pair('tuba', timeMs)])
  .concat(pair('tuba', 500, 2));

describe('foldsOf', () => {
  it('leaves a contiguous part of every class out of each fold, by song and time, and every pair out of one', () => {
    const folds = foldsOf(pairs, 2);
    const left = folds.map(({ unseen }) => unseen.map(({ id }) => id).sort());
    expect(left[0]).toEqual([
      'train/horn/1 500',
      'train/horn/1 900',
      'train/tuba/1 1000',
      'train/tuba/1 500',
      'train/tuba/1 900',
    ]);
    expect(left.flat().sort()).toEqual(pairs.map(({ id }) => id).sort());
    for (const { train, unseen } of folds) expect(new Set([...train, ...unseen]).size).toBe(pairs.length);
  });

  it('needs a pair of each class in each fold', () => {
    expect(() => foldsOf(pairs, 5)).toThrow('foldsOf: count must be at most 4, the pairs of horn, got 5');
    expect(() => foldsOf(pairs, 1)).toThrow('foldsOf: count must be a whole number of at least 2, got 1');
  });
});
