import type { OnWarning } from '../reading/remediable-error';
import { SILENCE, type SilenceRule } from '../reading/check/silence-rule';

/** What all preparations have in common. */
export interface PrepareOptions {
  /** From one half second's start to the next one's, in ms: 100 as in Sub-URMP. A whole number, 10 to 60,000. */
  stepMs?: number;
  /** What counts as silence and is left out. */
  silence?: SilenceRule;
  /** The share of recordings that is kept for validation, class by class: 0.2. */
  validationShare?: number;
  /** Fixes the split and the pairing. */
  seed?: number;
  /** Names the recording of a file by its first group, from the file's name without extension; see README. */
  recordingPattern?: RegExp;
  /** Side of the square that pictures are squashed to, or 'original'. 128 is what the networks see. */
  imageSize?: number | 'original';
  /** Where the data come from and under which terms: goes to the card. */
  note?: string;
  /** Called after every file and every pair. */
  onProgress?: (progress: PrepareProgress) => void;
  onWarning?: OnWarning;
}

export interface PrepareProgress {
  /** Every file is heard first, then written. */
  readonly step: 'listening' | 'writing';
  /** Files done in this step. */
  readonly done: number;
  readonly total: number;
  readonly pairs: number;
}

export type ResolvedPrepareOptions = PrepareOptions & Required<Omit<PrepareOptions, 'recordingPattern' | 'note' | 'silence'>>;

export function resolvePrepareOptions(options: PrepareOptions): ResolvedPrepareOptions {
  const resolved = {
    stepMs: 100,
    validationShare: 0.2,
    seed: 1,
    imageSize: 128,
    onProgress: () => {},
    onWarning: () => {},
    ...Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)),
  } as ResolvedPrepareOptions;
  const { stepMs, validationShare, imageSize } = resolved;
  if (!Number.isInteger(stepMs) || stepMs < 10 || stepMs > 60_000) {
    throw new RangeError(`prepare: stepMs must be a whole number from 10 to 60000, got ${stepMs}`);
  }
  if (!(validationShare > 0 && validationShare < 1)) {
    throw new RangeError(`prepare: validationShare must lie between 0 and 1, got ${validationShare}`);
  }
  if (imageSize !== 'original' && !(Number.isInteger(imageSize) && imageSize >= 16 && imageSize <= 4096)) {
    throw new RangeError(`prepare: imageSize must be 'original' or a whole number from 16 to 4096, got ${imageSize}`);
  }
  return resolved;
}

/** What the card of a prepared set says of the options. */
export function optionsOnCard(options: ResolvedPrepareOptions): Record<string, unknown> {
  const { stepMs, imageSize, validationShare, seed, recordingPattern, silence } = options;
  const pattern = recordingPattern?.source;
  return { stepMs, imageSize, validationShare, seed, recordingPattern: pattern, silence: { ...SILENCE, ...silence } };
}
