import type { OnWarning } from '../reading/remediable-error';
import { SILENCE, type SilenceRule } from '../reading/check/silence-rule';

/** Options that all preparations share. */
export interface PrepareOptions {
  /** Time from the start of one half second to the next, in ms: a whole number, 10 to 60,000. Default 100, as in Sub-URMP. */
  stepMs?: number;
  /** When a half second counts as silent and is left out. */
  silence?: SilenceRule;
  /** The share of each class's recordings that is kept for validation. Default 0.2. */
  validationShare?: number;
  /** Seed of the split and the pairing. */
  seed?: number;
  /** Matched against a file's name without extension; the first group is the name of its recording. See README. */
  recordingPattern?: RegExp;
  /** Side of the square that pictures are squashed to, in pixels, or 'original'. The networks see 128. */
  imageSize?: number | 'original';
  /** Origin and licence of the data, for the card. */
  note?: string;
  /** Called after every file and every pair. */
  onProgress?: (progress: PrepareProgress) => void;
  onWarning?: OnWarning;
}

export interface PrepareProgress {
  /** All files are decoded first ('listening'), then written. */
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

/** The options as the card of a prepared data set records them. */
export function optionsOnCard(options: ResolvedPrepareOptions): Record<string, unknown> {
  const { stepMs, imageSize, validationShare, seed, recordingPattern, silence } = options;
  const pattern = recordingPattern?.source;
  return { stepMs, imageSize, validationShare, seed, recordingPattern: pattern, silence: { ...SILENCE, ...silence } };
}
