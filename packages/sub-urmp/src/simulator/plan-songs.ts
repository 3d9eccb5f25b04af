import { INSTRUMENTS, type Instrument } from '../reading/instruments';

export type SimulatedSplit = 'train' | 'validation';

/** A song to be simulated. Its number is unique for the instrument, over both splits. */
export interface SongPlan {
  readonly split: SimulatedSplit;
  readonly instrument: Instrument;
  readonly song: number;
  readonly pairCount: number;
}

export interface SongCounts {
  readonly pairsPerClass: number;
  readonly validationPairsPerClass: number;
  readonly songsPerClass: number;
}

/** Time of a song's first picture, and from one picture to the next: sounds of half a second do not overlap. */
export const FIRST_PAIR_MS = 500;
export const PAIR_STEP_MS = 500;

/** Plans all songs. An instrument's training songs come first; its validation songs (about a quarter as many) have higher numbers. */
export function planSongs({ pairsPerClass, validationPairsPerClass, songsPerClass }: SongCounts): SongPlan[] {
  const validationSongs = Math.max(1, Math.min(validationPairsPerClass, Math.round(songsPerClass / 4)));
  return INSTRUMENTS.flatMap((instrument) => [
    ...spread(pairsPerClass, songsPerClass).map((pairCount, i) => plan('train', instrument, i + 1, pairCount)),
    ...spread(validationPairsPerClass, validationSongs).map((pairCount, i) =>
      plan('validation', instrument, songsPerClass + i + 1, pairCount),
    ),
  ]);
}

function plan(split: SimulatedSplit, instrument: Instrument, song: number, pairCount: number): SongPlan {
  return { split, instrument, song, pairCount };
}

/** Splits `total` into `parts` whole numbers that differ by at most one. */
function spread(total: number, parts: number): number[] {
  return Array.from({ length: parts }, (_, i) => Math.floor(total / parts) + (i < total % parts ? 1 : 0));
}
