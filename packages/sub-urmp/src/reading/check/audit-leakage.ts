import type { Pair, Split } from '../pair';

/** Length of a pair's sound in milliseconds. */
export const WINDOW_MS = 500;

/** What the validation split shares with the training split, which shows how far validation figures can be trusted. */
export interface LeakageAudit {
  /** Number of songs (of one instrument each) by split. */
  readonly songs: Readonly<Record<Split, number>>;
  /** Number of pairs whose stem names no song, for which only repeated files can be detected. */
  readonly pairsWithoutSong: number;
  /** `instrument song` of the songs in both splits. */
  readonly sharedSongs: readonly string[];
  /** Number of validation pairs whose sound overlaps in time with that of a training pair of the same song. */
  readonly overlappingPairs: number;
  /** Number of validation pairs whose sound (or picture) is byte for byte the same as one in the training split. */
  readonly repeatedSounds: number;
  readonly repeatedImages: number;
  /** Whether none of this was found. */
  readonly clean: boolean;
}

export interface AuditOptions {
  /** Length of a pair's sound in milliseconds. Default 500. */
  windowMs?: number;
  /** SHA-256 of a pair's files; without it, repeated files are not detected. */
  hashesOf?: (pair: Pair) => { image: string; sound: string };
}

/**
 * Finds what both splits share. In the paper, training and test pairs come from different songs: neighbouring half seconds overlap by
 * 80 %, so a split by pair would make validation figures worthless.
 */
export function auditLeakage(splits: Readonly<Record<Split, readonly Pair[]>>, options: AuditOptions = {}): LeakageAudit {
  const { windowMs = WINDOW_MS, hashesOf } = options;
  const trained = timesBySong(splits.train);
  const validated = timesBySong(splits.validation);
  const sharedSongs = [...validated.keys()].filter((song) => trained.has(song));
  const overlappingPairs = sharedSongs.reduce(
    (sum, song) => sum + countOverlaps(validated.get(song) ?? [], trained.get(song) ?? [], windowMs),
    0,
  );
  const repeated = (half: 'image' | 'sound') => (hashesOf ? countRepeated(splits, (pair) => hashesOf(pair)[half]) : 0);
  const found = { sharedSongs, overlappingPairs, repeatedSounds: repeated('sound'), repeatedImages: repeated('image') };
  return {
    songs: { train: trained.size, validation: validated.size },
    pairsWithoutSong: [...splits.train, ...splits.validation].filter(({ song }) => song === null).length,
    ...found,
    clean: sharedSongs.length + overlappingPairs + found.repeatedSounds + found.repeatedImages === 0,
  };
}

/** Describes the audit with one line per finding, or a single line if there is none. */
export function describeLeakage(audit: LeakageAudit): string[] {
  const { songs, sharedSongs, overlappingPairs, repeatedSounds, repeatedImages, pairsWithoutSong } = audit;
  const shown = sharedSongs.slice(0, 5).join(', ') + (sharedSongs.length > 5 ? ', …' : '');
  const rows: [count: number, one: string, several: string, text: string][] = [
    [sharedSongs.length, 'song is', 'songs are', `in both splits (${shown}): validation figures will be too good`],
    [overlappingPairs, 'validation sound overlaps', 'validation sounds overlap', 'with a training sound of the same song'],
    [repeatedSounds, 'validation sound is', 'validation sounds are', 'in the training split too, byte for byte'],
    [repeatedImages, 'validation picture is', 'validation pictures are', 'in the training split too, byte for byte'],
    [pairsWithoutSong, 'pair names', 'pairs name', 'no song: whether the splits share songs cannot be told from them'],
  ];
  const findings = rows
    .filter(([count]) => count > 0)
    .map(([count, one, several, text]) => `${count} ${count === 1 ? one : several} ${text}`);
  const split = `${songs.train} songs to train on, ${songs.validation} others to validate on`;
  return audit.clean ? [`no leakage found: ${split}`, ...findings] : findings;
}

function timesBySong(pairs: readonly Pair[]): Map<string, number[]> {
  const songs = new Map<string, number[]>();
  for (const { instrument, song, timeMs } of pairs) {
    if (song === null) continue;
    const key = `${instrument} ${song}`;
    const times = songs.get(key) ?? [];
    if (timeMs !== null) times.push(timeMs);
    songs.set(key, times);
  }
  return songs;
}

function countOverlaps(times: readonly number[], others: readonly number[], windowMs: number): number {
  const sorted = [...others].sort((a, b) => a - b);
  const nearestAfter = (time: number) => {
    let [low, high] = [0, sorted.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (sorted[middle] < time) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  return times.filter((time) => {
    const at = nearestAfter(time);
    return [sorted[at - 1], sorted[at]].some((other) => other !== undefined && Math.abs(other - time) < windowMs);
  }).length;
}

function countRepeated(splits: Readonly<Record<Split, readonly Pair[]>>, hashOf: (pair: Pair) => string): number {
  const trained = new Set(splits.train.map(hashOf));
  return splits.validation.filter((pair) => trained.has(hashOf(pair))).length;
}
