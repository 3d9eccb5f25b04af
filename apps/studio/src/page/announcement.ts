import type { StudioState } from './state';

/** What a screen reader says of the page's state. */
export function announcement({ model, given, busy, results }: StudioState): string {
  if (model.phase === 'starting') return 'The model is loading';
  if (busy === 'reading') return 'Reading the file';
  if (busy === 'generating' && Object.keys(results).length === 0) return 'Generating';
  if (busy !== undefined || given === undefined) return '';
  return given.kind === 'picture' ? 'The sound is ready' : 'The picture is ready';
}
