import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readPairFile } from '../archive/pair-file';
import { FRAME, LMS, type FeatureKind } from './feature-kind';

/** A file to read, the feature to compute, and where that is cached. */
export interface FeatureTask {
  kind: string;
  path: string;
  /** The cache folder of this kind of feature, with files `<first two digits>/<sha256>`. */
  keptIn?: string;
  /** Whether to report how the file departs from its format, if its feature is computed. */
  inspect?: boolean;
}

/** A file's hash, and its feature unless that is cached already. */
export interface FeatureResult {
  sha256: string;
  feature?: Uint8Array;
  /** How the file departs from its format, empty if it does not; undefined if that was not examined. */
  departure?: string;
}

/**
 * Reads a file, and computes its feature unless it is cached.
 * @throws BrokenFileError that names the file if it cannot be used
 */
export async function computeFeature({ kind, path, keptIn, inspect }: FeatureTask): Promise<FeatureResult> {
  const bytes = await readPairFile(path);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  if (keptIn !== undefined && existsSync(`${keptIn}/${sha256.slice(0, 2)}/${sha256}`)) return { sha256 };
  let departure = inspect ? '' : undefined;
  const feature = await kindNamed(kind).compute(bytes, path, inspect ? (sentence) => (departure = sentence) : undefined);
  return { sha256, feature, departure };
}

function kindNamed(name: string): FeatureKind {
  const kind = [FRAME, LMS].find((each) => each.name === name);
  if (!kind) throw new RangeError(`computeFeature: kind must be one of ${FRAME.name} and ${LMS.name}, got ${name}`);
  return kind;
}
