import { describeIgnored, type IgnoredFile } from '../reading/archive/ignored-file';
import { toUnusedCard, type PreparationCard, type UnusedCard } from '../reading/card/dataset-card';
import type { OnWarning } from '../reading/remediable-error';

/** Number of names that a warning lists for each reason; the rest are only counted. The card lists all. */
const NAMES_SHOWN = 20;

/** Files in the source folders that are not used. */
export interface Unused {
  add(file: IgnoredFile): void;
  /** Entries for the card: what was added, and what is pushed later. */
  readonly leftOut: UnusedCard[];
  /** Warns about everything that was added, with one line per reason. */
  warn(onWarning: OnWarning): void;
  /** `; 3 files are not used: …`, or an empty string. */
  inWords(): string;
  card(): Pick<PreparationCard, 'leftOut' | 'systemFiles'>;
}

export function createUnused(ignored: readonly IgnoredFile[], nameOf: (path: string) => string): Unused {
  const files: IgnoredFile[] = [];
  const leftOut: UnusedCard[] = [];
  const add = (file: IgnoredFile) => {
    files.push(file);
    if (!file.system) leftOut.push(toUnusedCard(file, nameOf));
  };
  ignored.forEach(add);
  return {
    add,
    leftOut,
    warn(onWarning) {
      for (const line of describeIgnored(files, nameOf, NAMES_SHOWN)) onWarning(line);
    },
    inWords: () =>
      describeIgnored(files, nameOf)
        .map((line) => `; ${line}`)
        .join(''),
    card() {
      const systemFiles = files.filter(({ system }) => system).length;
      return { leftOut, ...(systemFiles > 0 ? { systemFiles } : {}) };
    },
  };
}
