import type { Pair } from '@cmcgan/sub-urmp';
import { describe, expect, it } from 'vitest';
import { choosePairs, type JudgingOptions } from './choose-judged-pairs';

/** Pairs of a class, with the given number of songs and of pairs per song. */
function pairsOf(split: 'train' | 'validation', classId: number, songs: number, perSong: number): Pair[] {
  const instrument = ['flute', 'horn'][classId];
  return Array.from({ length: songs * perSong }, (_, i) => {
    const [song, timeMs] = [1 + Math.floor(i / perSong), 500 + 100 * (i % perSong)];
    return { id: `${split}/${instrument}/${song}_${timeMs}`, split, instrument, classId, song, timeMs } as Pair;
  });
}

const judgedOn = (pairs: JudgingOptions['judge']['pairs']): JudgingOptions => ({ judge: { source: 'trained', pairs }, seed: 1 });
const validation = [...pairsOf('validation', 0, 1, 9), ...pairsOf('validation', 1, 1, 9)];
const manySongs = { splits: { train: [...pairsOf('train', 0, 20, 3), ...pairsOf('train', 1, 10, 5)], validation } };
const oneSong = { splits: { train: [...pairsOf('train', 0, 1, 40), ...pairsOf('train', 1, 1, 6)], validation } };
const options = judgedOn('auto');
const ids = (pairs: readonly Pair[]) => pairs.map(({ id }) => id);

describe('choosePairs', () => {
  it('sets whole songs aside where every class can spare them', () => {
    const { judged, trained, held } = choosePairs(manySongs, options);
    expect(judged?.source).toBe('held');
    const songs = (pairs: readonly Pair[]) => new Set(pairs.map(({ instrument, song }) => `${instrument} ${song}`));
    for (const song of songs(held)) expect(songs(trained).has(song), song).toBe(false);
    expect([...ids(trained), ...ids(held)].sort()).toEqual(ids(manySongs.splits.train).sort());
    expect(judged!.pairs.every((pair) => held.includes(pair))).toBe(true);
  });

  it('takes training pairs, and trains on all of them, where a class has none to spare', () => {
    const { judged, trained, held } = choosePairs(oneSong, options);
    expect(judged).toMatchObject({ source: 'train', reason: 'no class may lose more than a fifth of its training pairs' });
    expect([trained, held]).toEqual([oneSong.splits.train, []]);
  });

  it('takes five of each class, the same for the same seed', () => {
    const chosen = (seed: number) => choosePairs(oneSong, { ...options, seed }).judged!.pairs;
    expect(chosen(1).map(({ classId }) => classId)).toEqual([0, 0, 0, 0, 0, 1, 1, 1, 1, 1]);
    expect(ids(chosen(1))).toEqual(ids(chosen(1)));
    expect(ids(chosen(2))).not.toEqual(ids(chosen(1)));
  });

  it('looks at the validation split only where that is asked for', () => {
    const { judged, trained } = choosePairs(manySongs, judgedOn('validation'));
    expect(judged!.source).toBe('validation');
    expect(judged!.pairs.every(({ split }) => split === 'validation')).toBe(true);
    expect(trained).toEqual(manySongs.splits.train);
  });

  it('does as it is told', () => {
    expect(choosePairs(manySongs, judgedOn('train'))).toMatchObject({ held: [], judged: { source: 'train' } });
    const { held, trained, judged } = choosePairs(oneSong, judgedOn('held'));
    expect([judged!.source, held.length > 0, trained.length < oneSong.splits.train.length]).toEqual(['held', true, true]);
  });

  it('leaves all pairs to training where nothing is judged', () => {
    expect(choosePairs(manySongs, { judge: { source: null, pairs: 'auto' }, seed: 1 })).toEqual({
      judged: null,
      trained: manySongs.splits.train,
      held: [],
    });
  });
});
