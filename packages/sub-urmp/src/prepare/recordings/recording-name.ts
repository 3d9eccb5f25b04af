import type { SourceFile } from './list-sources';

/**
 * The recording that a file is of. Files of one recording never come to lie on both sides. A stem like Sub-URMP's `horn01_500` is of
 * recording `horn01`; any other is a recording of its own, unless `pattern` says otherwise: its first group names the recording.
 */
export function recordingName({ className, stem }: Pick<SourceFile, 'className' | 'stem'>, pattern?: RegExp): string {
  const match = (pattern ?? /^(.*\d{2,})_\d+$/).exec(stem);
  return `${className}/${match?.[1] ?? stem}`;
}
