import type { FlagRemedies } from '@cmcgan/command-line';

/** What the evaluator's flags say where a library's error or warning names an option of its own. To add one: one row. */
export const REMEDIES: FlagRemedies = {
  onBroken: 'mend or remove them, or go on without them: --skip-broken',
  onMissingHalf: 'add what is missing, or go on without them: --skip-broken',
  cacheFolder: 'name another folder with --data-cache',
};
