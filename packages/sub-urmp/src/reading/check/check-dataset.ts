import { resolve } from 'node:path';
import type { Pair, Split } from '../pair';
import { examineFolder, type ExamineOptions } from '../examine-folder';
import type { IgnoredFile } from '../archive/ignored-file';
import { auditLeakage, type LeakageAudit } from './audit-leakage';
import { leftOutPairs, type LeftOut } from './left-out';
import { missingClasses } from './missing-classes';
import { createDepartureCollector, pictureWarnings, type PictureWarning } from './picture-warnings';
import { createSilenceCollector, silentPairs } from './silent-sounds';

/** The result of checking a data set file by file. */
export interface DatasetCheck {
  readonly folder: string;
  readonly classNames: readonly string[];
  /** Number of usable pairs. */
  readonly pairs: Readonly<Record<Split, number>>;
  /** Files that cannot be used, each with the pair that is left out because of it. */
  readonly leftOut: readonly LeftOut[];
  readonly leftOutPairs: number;
  /** Other files in the folder that are not used, with the reasons, including system files. */
  readonly ignoredFiles: readonly IgnoredFile[];
  /** Sounds of usable pairs that are silent: RMS 70 dB below full scale. */
  readonly silentSounds: readonly string[];
  /** Pictures of usable pairs that violate their format in a way that every viewer tolerates. */
  readonly pictureWarnings: readonly PictureWarning[];
  /** Classes without a pair in a split; one without training pairs is never learnt. */
  readonly missingClasses: Readonly<Record<Split, readonly string[]>>;
  readonly leakage: LeakageAudit;
  /** Whether all of it can be used for training: nothing is left out, no split lacks a class, and there is no leakage. */
  readonly clean: boolean;
}

/**
 * Reads a data set to the end and reports the problem of every file that cannot be used (its other half is missing, another file has its
 * name, it is empty, truncated, unreadable, has the wrong rate, length or level, or an instrument that is not in `instruments`), the files
 * that are not used at all, and the pictures that are used but violate their format. Also fills the cache.
 * @throws Error only if there is no data set to read: the folder is missing or has another layout
 */
export async function checkDataset(folder: string, options: ExamineOptions = {}): Promise<DatasetCheck> {
  const silence = createSilenceCollector();
  const departures = createDepartureCollector();
  const examined = await examineFolder(folder, { ...options, onSound: silence.add, onPicture: departures.add });
  const { classNames, splits, leftOut, ignored, admitted } = examined;
  const hashesOf = ({ id }: Pair) => admitted.hashes.get(id) ?? { image: id, sound: id };
  const missing = missingClasses(classNames, splits);
  const leakage = auditLeakage(splits, { hashesOf });
  const pairs = { train: splits.train.length, validation: splits.validation.length };
  return {
    folder: resolve(folder),
    classNames,
    pairs,
    leftOut,
    leftOutPairs: leftOutPairs(leftOut),
    ignoredFiles: ignored,
    silentSounds: (await silentPairs(examined, silence)).map(({ soundPath }) => soundPath),
    pictureWarnings: await pictureWarnings(examined, departures, options),
    missingClasses: missing,
    leakage,
    clean:
      leftOut.length + missing.train.length + missing.validation.length === 0 &&
      leakage.clean &&
      pairs.train > 0 &&
      pairs.validation > 0,
  };
}
