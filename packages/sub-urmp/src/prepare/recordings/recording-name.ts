import type { SourceFile } from './list-sources';

/** A stem like Sub-URMP's: the recording, and the start of the part in ms. */
const PART = /^(.*\d{2,})_(\d+)$/;

/**
 * The recording that a file belongs to. Files of the same recording are never in both splits. A stem like Sub-URMP's `horn01_500` belongs
 * to recording `horn01`; any other is a recording of its own, unless `pattern` matches, whose first group is the recording's name.
 */
export function recordingName({ className, stem }: Pick<SourceFile, 'className' | 'stem'>, pattern?: RegExp): string {
  const match = (pattern ?? PART).exec(stem);
  return `${className}/${match?.[1] ?? stem}`;
}

/** The start of a part within its recording in ms, from a stem like Sub-URMP's `horn01_500`; undefined for any other stem. */
export function partMs({ stem }: Pick<SourceFile, 'stem'>): number | undefined {
  const match = PART.exec(stem);
  return match ? Number(match[2]) : undefined;
}
