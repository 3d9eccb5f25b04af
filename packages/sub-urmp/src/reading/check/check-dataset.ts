import { resolve } from 'node:path';
import type { Pair, Split } from '../pair';
import { examineFolder, type ExamineOptions } from '../examine-folder';
import type { IgnoredFile } from '../archive/ignored-file';
import { auditLeakage, type LeakageAudit } from './audit-leakage';
import { leftOutPairs, type LeftOut } from './left-out';
import { missingClasses } from './missing-classes';
import { createDepartureCollector, pictureWarnings, type PictureWarning } from './picture-warnings';
import { createSilenceCollector, silentPairs } from './silent-sounds';

/** What a data set is worth, file by file. */
export interface DatasetCheck {
  readonly folder: string;
  readonly classNames: readonly string[];
  /** Pairs that can be used. */
  readonly pairs: Readonly<Record<Split, number>>;
  /** Files that cannot be used, each with the pair that is left out for it. */
  readonly leftOut: readonly LeftOut[];
  readonly leftOutPairs: number;
  /** What else lies in the folder and is not used, each with why; system files are among them. */
  readonly ignoredFiles: readonly IgnoredFile[];
  /** Sounds of usable pairs that hold nothing: RMS 70 dB below full scale. */
  readonly silentSounds: readonly string[];
  /** Pictures of usable pairs that are read although they depart from their format, as every viewer reads them. */
  readonly pictureWarnings: readonly PictureWarning[];
  /** Classes without a pair in one split: one that is only in validation is never learnt. */
  readonly missingClasses: Readonly<Record<Split, readonly string[]>>;
  readonly leakage: LeakageAudit;
  /** Whether it can be opened and trained on, all of it: nothing left out, no class missing on a side, no leakage. */
  readonly clean: boolean;
}

/**
 * Reads a data set file by file and says of each what is wrong: its other half is missing, another file has its name, it is empty,
 * truncated, unreadable, of another rate or length or level, or of an unknown instrument (`instruments`); or it is not used at all. It
 * continues with the rest to the end, and lists the pictures that are used but violate their format; the cache is filled meanwhile.
 * @throws Error only if there is no data set to read: the folder is missing or laid out otherwise
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
