import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import type { DecibelRange } from '@cmcgan/audio-features';
import type { IgnoredFile } from '../archive/ignored-file';
import { WINDOW_MS, type LeakageAudit } from '../check/audit-leakage';
import type { Dataset } from '../dataset';
import type { Pair, Split } from '../pair';

/** File name of a data set's card. */
export const CARD_FILE = 'dataset-card.json';

const FORMAT = 'cmcgan-dataset-card/1';

/** Figures of a class in one split. */
export interface ClassCard {
  pairs: number;
  songs: number;
  /** Seconds of sound covered, counting overlaps once. */
  seconds: number;
}

/** A file that a prepared data set was made from. */
export interface SourceCard {
  /** Path relative to the source folder. */
  file: string;
  sha256: string;
  class: string;
  /** The song's number in the stems. */
  song: number;
  pairs: number;
  silentWindows: number;
  /** Number of half seconds beyond the end of its picture, if any. */
  unseenWindows?: number;
  /** Whether its end is missing; the rest was used. */
  cutOff?: boolean;
}

/** A file that is not used, or a folder of such files. */
export interface UnusedCard {
  /** Path relative to the folder, with slashes. */
  file: string;
  reason: string;
  /** Number of files in it, if it is a folder. */
  files?: number;
}

/** How a prepared data set was made. */
export interface PreparationCard {
  from: 'videos' | 'images and sounds';
  /** Names of the source folders, without their paths. */
  folders: string[];
  /** The video reader. */
  reader?: string;
  options: Readonly<Record<string, unknown>>;
  sources: SourceCard[];
  /** Files that were not or could not be used, with the reasons. */
  leftOut: UnusedCard[];
  /** Number of system files among them, such as .DS_Store, if any. */
  systemFiles?: number;
}

/** Description of a data set, in one file. The same data and options give the same card, byte for byte. */
export interface DatasetCard {
  format: typeof FORMAT;
  /** Origin and licence of the data, as given by whoever prepared them. */
  note?: string;
  pairs: Record<Split, number>;
  /** Seconds of sound covered, counting overlaps once. */
  seconds: Record<Split, number>;
  classes: Record<string, Record<Split, ClassCard>>;
  decibelRange: DecibelRange;
  /** SHA-256 over every pair's id and content. */
  manifestHash: string;
  leakage: LeakageAudit;
  /** Files of the data set that are not or cannot be used, with the reasons; without system files. */
  unused: UnusedCard[];
  preparation?: PreparationCard;
}

/** Describes an open data set. */
export function describeDataset(dataset: Dataset, extra: Pick<DatasetCard, 'note' | 'preparation'> = {}): DatasetCard {
  const { classNames, splits, decibelRange, manifestHash, leakage } = dataset;
  const classCard = (split: Split, classId: number): ClassCard => {
    const pairs = splits[split].filter((pair) => pair.classId === classId);
    return { pairs: pairs.length, songs: new Set(pairs.map(({ song }) => song)).size, seconds: coveredSeconds(pairs) };
  };
  const classes = Object.fromEntries(
    classNames.map((name, id) => [name, { train: classCard('train', id), validation: classCard('validation', id) }]),
  );
  const seconds = (split: Split) =>
    Math.round(Object.values(classes).reduce((sum, card) => sum + card[split].seconds, 0) * 1000) / 1000;
  return {
    format: FORMAT,
    ...(extra.note === undefined ? {} : { note: extra.note }),
    pairs: { train: splits.train.length, validation: splits.validation.length },
    seconds: { train: seconds('train'), validation: seconds('validation') },
    classes,
    decibelRange: { ...decibelRange },
    manifestHash,
    leakage,
    unused: unusedFiles(dataset),
    ...(extra.preparation === undefined ? {} : { preparation: extra.preparation }),
  };
}

function unusedFiles({ folder, leftOut, ignoredFiles }: Dataset): UnusedCard[] {
  const inSet = (path: string) => relative(folder, resolve(path)).replaceAll('\\', '/');
  return [
    ...leftOut.map(({ path, problem }) => ({ file: inSet(path), reason: problem })),
    ...ignoredFiles.filter(({ system }) => !system).map((one) => toUnusedCard(one, inSet)),
  ];
}

/** Converts an ignored file to a card's entry. */
export function toUnusedCard({ path, reason, files }: IgnoredFile, nameOf: (path: string) => string): UnusedCard {
  return { file: nameOf(path), reason, ...(files === 1 ? {} : { files }) };
}

/** Seconds covered by the half seconds of pairs of one class, which must be in order; a pair without a time counts in full. */
function coveredSeconds(pairs: readonly Pair[]): number {
  let ms = 0;
  let last: Pair | undefined;
  for (const pair of pairs) {
    const sameSong = last !== undefined && pair.song !== null && last.song === pair.song;
    const gap = sameSong && pair.timeMs !== null && last?.timeMs != null ? pair.timeMs - last.timeMs : WINDOW_MS;
    ms += Math.min(gap, WINDOW_MS);
    last = pair;
  }
  return ms / 1000;
}

/** Reads the card of a data set; undefined if there is none or it cannot be read. */
export async function readDatasetCard(folder: string): Promise<DatasetCard | undefined> {
  try {
    const card = JSON.parse(await readFile(join(folder, CARD_FILE), 'utf8')) as DatasetCard;
    return card?.format === FORMAT ? card : undefined;
  } catch {
    return undefined;
  }
}

/** Writes the card into the data set's folder, completely or not at all. */
export async function writeDatasetCard(folder: string, card: DatasetCard): Promise<void> {
  const file = join(folder, CARD_FILE);
  const partial = `${file}.partial`;
  try {
    await writeFile(partial, `${JSON.stringify(card, null, 1)}\n`);
    await rename(partial, file);
  } catch (error) {
    await rm(partial, { force: true }).catch(() => {});
    throw Object.assign(error as Error, { path: file });
  }
}
