import { describe, expect, it } from 'vitest';
import { parseStem } from '../archive/parse-stem';
import type { Pair, Split } from '../pair';
import { auditLeakage, describeLeakage } from './audit-leakage';

const pairsOf = (split: Split, stems: string[]): Pair[] =>
  stems.map((stem) => ({
    id: `${split}/horn/${stem}`,
    stem,
    split,
    instrument: 'horn',
    classId: 0,
    imagePath: stem,
    soundPath: stem,
    ...parseStem(stem),
  }));
const splitsOf = (train: string[], validation: string[]) => ({
  train: pairsOf('train', train),
  validation: pairsOf('validation', validation),
});

describe('auditLeakage', () => {
  it('finds nothing between different songs', () => {
    const audit = auditLeakage(splitsOf(['horn01_500', 'horn02_500'], ['horn03_500']));
    expect(audit).toMatchObject({ clean: true, songs: { train: 2, validation: 1 }, sharedSongs: [], overlappingPairs: 0 });
    expect(describeLeakage(audit)).toEqual(['no leakage found: 2 songs to train on, 1 others to validate on']);
  });

  it('tells a song on both sides from windows that overlap: less than half a second apart', () => {
    const apart = auditLeakage(splitsOf(['horn01_500', 'horn01_3000'], ['horn01_1000', 'horn01_2500']));
    expect(apart).toMatchObject({ clean: false, sharedSongs: ['horn 1'], overlappingPairs: 0 });
    const close = auditLeakage(
      splitsOf(['horn01_500', 'horn01_3000'], ['horn01_999', 'horn01_1700', 'horn01_2501', 'horn01_3000']),
    );
    expect(close.overlappingPairs).toBe(3);
    expect(describeLeakage(close)).toEqual([
      '1 song is in both splits (horn 1): validation figures will be too good',
      '3 validation sounds overlap with a training sound of the same song',
    ]);
  });

  it('finds the same file under another name', () => {
    const splits = splitsOf(['a', 'b'], ['c', 'd']);
    const hashesOf = ({ stem }: Pair) => ({ image: stem === 'd' ? 'a' : stem, sound: stem === 'c' || stem === 'd' ? 'b' : stem });
    const audit = auditLeakage(splits, { hashesOf });
    expect(audit).toMatchObject({ repeatedSounds: 2, repeatedImages: 1, pairsWithoutSong: 4, clean: false });
  });
});
