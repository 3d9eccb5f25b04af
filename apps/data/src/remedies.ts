import { describeError, type FlagRemedies, type Progress } from '@cmcgan/command-line';
import type { OnWarning } from '@cmcgan/sub-urmp';

/** Remedies by option of @cmcgan/sub-urmp: the flag to suggest when an error or a warning names that option. */
export const REMEDIES: FlagRemedies = {
  cacheFolder: 'choose another with --cache, or cache nothing with --no-cache',
  onBroken: 'mend them, or leave them out with --skip-broken',
  onMissingHalf: 'add what is missing, or leave those pairs out with --skip-broken',
  folder: 'free some space, or choose another disk with --out',
  pairBy: 'give them the same names, or pair them by class alone with --pair category',
};

/** Prints warnings, with the flag of this program that solves the problem. */
export const warnOn =
  (progress: Progress): OnWarning =>
  (warning, cause) =>
    progress.note(`warning: ${cause ? describeError(cause, REMEDIES) : warning}`);
