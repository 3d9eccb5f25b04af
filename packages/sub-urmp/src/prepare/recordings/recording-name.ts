import type { SourceFile } from './list-sources';

/** Sub-URMP's stem of a part: its recording, and where the part begins in ms. */
const PART = /^(.*\d{2,})_(\d+)$/;

/**
 * The recording that a file is of. Files of one recording never come to lie on both sides. A stem like Sub-URMP's `horn01_500` is of
 * recording `horn01`; any other is a recording of its own, unless `pattern` says otherwise: its first group names the recording.
 */
export function recordingName({ className, stem }: Pick<SourceFile, 'className' | 'stem'>, pattern?: RegExp): string {
  const match = (pattern ?? PART).exec(stem);
  return `${className}/${match?.[1] ?? stem}`;
}

/** Where a part of a recording begins in it, by a stem like Sub-URMP's `horn01_500`, in ms; undefined by any other. */
export function partMs({ stem }: Pick<SourceFile, 'stem'>): number | undefined {
  const match = PART.exec(stem);
  return match ? Number(match[2]) : undefined;
}
