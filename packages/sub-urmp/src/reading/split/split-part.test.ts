import { describe, expect, it } from 'vitest';
import { auditLeakage } from '../check/audit-leakage';
import type { Pair } from '../pair';
import { splitPart } from './split-part';

/** Pairs of an instrument: so many songs of so many pairs, 100 ms apart. */
function pairsOf(instrument: string, songs: number, perSong: number): Pair[] {
  return Array.from({ length: songs * perSong }, (_, i) => {
    const [song, timeMs] = [1 + Math.floor(i / perSong), 500 + 100 * (i % perSong)];
    const stem = `${instrument}0${song}_${timeMs}`;
    return { id: `train/${instrument}/${stem}`, stem, split: 'train', instrument, song, timeMs } as Pair;
  });
}

const songs = (pairs: readonly Pair[], instrument: string) =>
  new Set(pairs.filter((pair) => pair.instrument === instrument).map(({ song }) => song));

describe('splitPart', () => {
  const pairs = [...pairsOf('flute', 5, 4), ...pairsOf('horn', 2, 3)];

  it('holds out a share of the songs of every class, and loses no pair', () => {
    const { part, rest } = splitPart(pairs, { share: 0.4, seed: 1 });
    expect([songs(part, 'flute').size, songs(rest, 'flute').size]).toEqual([2, 3]);
    expect([songs(part, 'horn').size, songs(rest, 'horn').size]).toEqual([1, 1]);
    expect([...part, ...rest].map(({ id }) => id).sort()).toEqual(pairs.map(({ id }) => id).sort());
    expect(auditLeakage({ train: rest, validation: part }).clean).toBe(true);
  });

  it('holds out the same songs for the same seed, others for another', () => {
    const ids = (seed: number) => splitPart(pairs, { share: 0.4, seed }).part.map(({ id }) => id);
    expect(ids(1)).toEqual(ids(1));
    expect(new Set([1, 2, 3, 4, 5].map((seed) => ids(seed).join())).size).toBeGreaterThan(1);
  });

  it('holds out the end of a single song, and nothing that overlaps with it is in the rest', () => {
    const { part, rest } = splitPart(pairsOf('tuba', 1, 20), { share: 0.2, seed: 1 });
    expect(part.map(({ timeMs }) => timeMs)).toEqual([2100, 2200, 2300, 2400]);
    expect(Math.max(...rest.map(({ timeMs }) => timeMs as number))).toBe(1600);
    expect(auditLeakage({ train: rest, validation: part }).overlappingPairs).toBe(0);
  });

  it('takes pairs without a song one by one', () => {
    const nameless = pairsOf('cat', 1, 10).map((pair) => ({ ...pair, song: null, timeMs: null }));
    const { part, rest } = splitPart(nameless, { share: 0.3, seed: 1 });
    expect([part.length, rest.length]).toEqual([3, 7]);
  });

  it.each([0, 1, -0.2, Number.NaN])('refuses a share of %f', (share) => {
    expect(() => splitPart(pairs, { share, seed: 1 })).toThrow(`splitPart: share must lie between 0 and 1, got ${share}`);
  });
});
