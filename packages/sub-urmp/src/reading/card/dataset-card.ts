import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import type { DecibelRange } from '@cmcgan/audio-features';
import type { IgnoredFile } from '../archive/ignored-file';
import { WINDOW_MS, type LeakageAudit } from '../check/audit-leakage';
import type { Dataset } from '../dataset';
import type { Pair, Split } from '../pair';

/** What the card beside a data set is called. */
export const CARD_FILE = 'dataset-card.json';

const FORMAT = 'cmcgan-dataset-card/1';

/** What a class has on one side. */
export interface ClassCard {
  pairs: number;
  songs: number;
  /** Sound covered, overlaps counted once, in seconds. */
  seconds: number;
}

/** A file that a prepared set was made from. */
export interface SourceCard {
  /** Path in the folder it came from. */
  file: string;
  sha256: string;
  class: string;
  /** The song's number in the stems. */
  song: number;
  pairs: number;
  silentWindows: number;
  /** Half seconds that its picture does not reach, where there are any. */
  unseenWindows?: number;
  /** Whether its end is missing: what is there was used. */
  cutOff?: boolean;
}

/** A file that is not used, or a folder of such. */
export interface UnusedCard {
  /** Path in the folder, with slashes. */
  file: string;
  reason: string;
  /** Files in it, where it is a folder. */
  files?: number;
}

/** How a prepared set was made. */
export interface PreparationCard {
  from: 'videos' | 'images and sounds';
  /** Names of the folders it came from, without where they lie. */
  folders: string[];
  /** What read the videos. */
  reader?: string;
  options: Readonly<Record<string, unknown>>;
  sources: SourceCard[];
  /** Files that were not or could not be used, each with why. */
  leftOut: UnusedCard[];
  /** System files among them, such as .DS_Store, where there are any. */
  systemFiles?: number;
}

/** What a data set is, in one file: the same data and options give the same card, to the byte. */
export interface DatasetCard {
  format: typeof FORMAT;
  /** Where the data come from and under which terms, as given by whoever prepared them. */
  note?: string;
  pairs: Record<Split, number>;
  /** Sound covered, overlaps counted once, in seconds. */
  seconds: Record<Split, number>;
  classes: Record<string, Record<Split, ClassCard>>;
  decibelRange: DecibelRange;
  /** SHA-256 over every pair's id and content. */
  manifestHash: string;
  leakage: LeakageAudit;
  /** Files in the set that cannot be used or are not, each with why; system files are left unsaid. */
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

/** What a listing ignored, as a card has it. */
export function toUnusedCard({ path, reason, files }: IgnoredFile, nameOf: (path: string) => string): UnusedCard {
  return { file: nameOf(path), reason, ...(files === 1 ? {} : { files }) };
}

/** Seconds of song that the pairs' half seconds cover; a pair without a time counts whole. `pairs` of one class, in order. */
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

/** Reads the card of a data set; undefined if it has none that can be read. */
export async function readDatasetCard(folder: string): Promise<DatasetCard | undefined> {
  try {
    const card = JSON.parse(await readFile(join(folder, CARD_FILE), 'utf8')) as DatasetCard;
    return card?.format === FORMAT ? card : undefined;
  } catch {
    return undefined;
  }
}

/** Writes the card into the data set's folder, whole or not at all. */
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
