import { describeIgnored, type IgnoredFile } from '../reading/archive/ignored-file';
import { toUnusedCard, type PreparationCard, type UnusedCard } from '../reading/card/dataset-card';
import type { OnWarning } from '../reading/remediable-error';

/** Names of each reason that a warning lists before it only counts; the card has all. */
const NAMES_SHOWN = 20;

/** What is not used of the folders that a set is made from. */
export interface Unused {
  add(file: IgnoredFile): void;
  /** For the card: what was added, and what is pushed later. */
  readonly leftOut: UnusedCard[];
  /** Warns of all that was added, a line for each reason. */
  warn(onWarning: OnWarning): void;
  /** `; 3 files are not used: …`, or nothing. */
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
