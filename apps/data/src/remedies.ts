import { describeError, type FlagRemedies, type Progress } from '@cmcgan/command-line';
import type { OnWarning } from '@cmcgan/sub-urmp';

/** What this program's flags say where an error or a warning of @cmcgan/sub-urmp names an option of its own. */
export const REMEDIES: FlagRemedies = {
  cacheFolder: 'name another with --cache, or keep none with --no-cache',
  folder: 'free some space, or choose another disk with --out',
  pairBy: 'give them the same names, or pair them by class alone with --pair category',
};

/** Prints warnings, with the flag of this program that solves them. */
export const warnOn =
  (progress: Progress): OnWarning =>
  (warning, cause) =>
    progress.note(`warning: ${cause ? describeError(cause, REMEDIES) : warning}`);
