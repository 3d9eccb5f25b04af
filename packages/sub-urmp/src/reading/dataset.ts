import type { DecibelRange } from '@cmcgan/audio-features';
import type { LeakageAudit } from './check/audit-leakage';
import type { IgnoredFile } from './archive/ignored-file';
import type { LeftOut } from './check/left-out';
import type { Pair, Split } from './pair';

/** A pair as input of the networks (the paper's section "Dataset"). */
export interface Sample {
  /** Float32Array [128, 128, 3] in [-1, 1]: the whole frame, squashed. */
  image: Float32Array;
  /** Float32Array [128 mels, 32 frames] in [-1, 1], row 0 = the lowest mel. */
  sound: Float32Array;
  classId: number;
}

/** An open data set: its pairs, and how to load them. */
export interface Dataset {
  readonly folder: string;
  /** Instruments in alphabetical order (by code unit); a class id is an index into it. */
  readonly classNames: readonly string[];
  /** Pairs by instrument, song and time. */
  readonly splits: Readonly<Record<Split, readonly Pair[]>>;
  /** The dB values that -1 and 1 stand for in a sound. */
  readonly decibelRange: Readonly<DecibelRange>;
  /** SHA-256 over every pair's id and the content of its two files: equal if and only if the data are equal. */
  readonly manifestHash: string;
  /** Files that could not be used, whose pairs are in no split. Empty unless broken files are skipped. */
  readonly leftOut: readonly LeftOut[];
  /** Other files in the folder that are not used, with the reasons. */
  readonly ignoredFiles: readonly IgnoredFile[];
  /** What the validation split shares with the training split. */
  readonly leakage: LeakageAudit;
  /** Loads one pair, from memory or the cache if possible. The arrays belong to the caller. */
  load(pair: Pair): Promise<Sample>;
  /** The log-mel spectrum from which the pair's sound is made: Float32Array [128 mels, 44 frames] in dB, row 0 = the lowest mel. */
  loadLms(pair: Pair): Promise<Float32Array>;
}
