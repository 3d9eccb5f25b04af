import { resolve } from 'node:path';
import type { Pair, Split } from '../dataset';
import { examineFolder, type ExamineOptions } from '../examine-folder';
import { auditLeakage, type LeakageAudit } from './audit-leakage';
import { leftOutPairs, type LeftOut } from './left-out';

/** What a data set is worth, file by file. */
export interface DatasetCheck {
  readonly folder: string;
  readonly classNames: readonly string[];
  /** Pairs that can be used. */
  readonly pairs: Readonly<Record<Split, number>>;
  /** Files that cannot be used, each with the pair that is left out for it. */
  readonly leftOut: readonly LeftOut[];
  readonly leftOutPairs: number;
  /** Files that are neither a picture nor a sound by their extension: they are passed over. */
  readonly ignoredFiles: readonly string[];
  /** Classes that one split has no pair of: what is only validated on was never learnt. */
  readonly missingClasses: Readonly<Record<Split, readonly string[]>>;
  readonly leakage: LeakageAudit;
  /** Whether it can be opened and trained on, all of it: nothing left out, no class missing on a side, no leakage. */
  readonly clean: boolean;
}

/**
 * Reads a data set file by file and says of each what is wrong: its other half is missing, it is empty, truncated, unreadable, of
 * another rate or length, or of an unknown instrument (`instruments`). It goes on with the rest; the cache is filled on the way.
 * @throws Error only if there is no data set to read: the folder is missing or laid out otherwise
 */
export async function checkDataset(folder: string, options: ExamineOptions = {}): Promise<DatasetCheck> {
  const ignoredFiles: string[] = [];
  const { classNames, splits, leftOut, admitted } = await examineFolder(folder, {
    ...options,
    maxBroken: Infinity,
    onIgnored(path) {
      ignoredFiles.push(path);
      options.onIgnored?.(path);
    },
  });
  const hashesOf = ({ id }: Pair) => admitted.hashes.get(id) ?? { image: id, sound: id };
  const missing = (split: Split) => classNames.filter((name) => !splits[split].some(({ instrument }) => instrument === name));
  const missingClasses = { train: missing('train'), validation: missing('validation') };
  const leakage = auditLeakage(splits, { hashesOf });
  const pairs = { train: splits.train.length, validation: splits.validation.length };
  return {
    folder: resolve(folder),
    classNames,
    pairs,
    leftOut,
    leftOutPairs: leftOutPairs(leftOut),
    ignoredFiles,
    missingClasses,
    leakage,
    clean:
      leftOut.length + missingClasses.train.length + missingClasses.validation.length === 0 &&
      leakage.clean &&
      pairs.train > 0 &&
      pairs.validation > 0,
  };
}
