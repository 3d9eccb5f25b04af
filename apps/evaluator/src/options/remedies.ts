import type { FlagRemedies } from '@cmcgan/command-line';

const SKIP_BROKEN = '--skip-broken leaves them out';

/** What the evaluator's flags say where a library's error or warning names an option of its own. To add one: one row. */
export const REMEDIES: FlagRemedies = {
  onBroken: SKIP_BROKEN,
  onMissingHalf: SKIP_BROKEN,
  cacheFolder: 'copy the data to a folder that can be written to keep them',
};
