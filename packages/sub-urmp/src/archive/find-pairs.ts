import { join } from 'node:path';
import { BrokenFileError } from '../check/broken-file';
import { leftOut, type LeftOut } from '../check/left-out';
import type { Pair, Split } from '../dataset';
import { isFolder, listSplit, type Halves } from './list-split';
import { parseStem } from './parse-stem';

/** Names that the second split goes by, first found first taken. */
const VALIDATION_FOLDERS = ['validation', 'test'] as const;

const LAYOUT = 'img/{train,validation}/<instrument>/*.jpg beside chunk/{train,validation}/<instrument>/*.wav';

export interface FindPairsOptions {
  /** Folder names of the splits, when they are not `train` and `validation` or `test`. */
  splits?: Partial<Record<Split, string>>;
  /** The instruments that there may be; files of others are broken. Default: any. */
  instruments?: readonly string[];
  /** Told of every file that is neither a picture nor a sound by its extension. */
  onIgnored?: (path: string) => void;
}

export interface FoundPairs {
  classNames: string[];
  splits: Record<Split, Pair[]>;
  /** Files without their other half, and files of instruments that there may not be. */
  leftOut: LeftOut[];
}

/**
 * Finds the pairs of a folder in the archive's layout: a picture and a sound belong together when they have the same split,
 * instrument and stem. Class ids are alphabetical over the pairs of both splits.
 * @throws Error if the folder is missing or laid out otherwise, or a stem names two files
 */
export async function findPairs(folder: string, options: FindPairsOptions = {}): Promise<FoundPairs> {
  const { onIgnored = () => {}, instruments } = options;
  if (!(await isFolder(folder))) throw new Error(`openDataset: folder must exist and be a folder, got ${folder}`);
  const names = { train: options.splits?.train ?? 'train', validation: options.splits?.validation };
  const listed: Record<Split, Halves[]> = {
    train: await listNamedSplit(folder, [names.train], onIgnored),
    validation: await listNamedSplit(folder, names.validation ? [names.validation] : VALIDATION_FOLDERS, onIgnored),
  };
  const left: LeftOut[] = [];
  for (const split of ['train', 'validation'] as const) {
    listed[split] = listed[split].filter((halves) => {
      const problem = whatIsWrong(halves, instruments);
      if (problem) left.push(leftOut(`${split}/${halves.instrument}/${halves.stem}`, problem));
      return !problem;
    });
  }
  const classNames = [...new Set(Object.values(listed).flatMap((halves) => halves.map(({ instrument }) => instrument)))].sort();
  const splits = {
    train: toPairs('train', listed.train, classNames),
    validation: toPairs('validation', listed.validation, classNames),
  };
  return { classNames, splits, leftOut: left };
}

async function listNamedSplit(folder: string, names: readonly string[], onIgnored: (path: string) => void): Promise<Halves[]> {
  for (const name of names) {
    const [imageFolder, soundFolder] = [join(folder, 'img', name), join(folder, 'chunk', name)];
    const [hasImages, hasSounds] = [await isFolder(imageFolder), await isFolder(soundFolder)];
    if (hasImages && hasSounds) return listSplit(imageFolder, soundFolder, onIgnored);
    if (hasImages || hasSounds) {
      throw new Error(
        `openDataset: ${hasImages ? imageFolder : soundFolder} must lie beside ${hasImages ? soundFolder : imageFolder}, got only the former`,
      );
    }
  }
  throw new Error(`openDataset: ${folder} must hold ${LAYOUT}, got no img/${names.join(' or img/')}`);
}

function whatIsWrong(halves: Halves, instruments?: readonly string[]): BrokenFileError | undefined {
  const { instrument, imagePath, soundPath } = halves;
  const path = (imagePath ?? soundPath) as string;
  if (instruments && !instruments.includes(instrument)) {
    const message = `openDataset: ${path} must be of one of ${instruments.length} instruments, got ${instrument}`;
    return new BrokenFileError('unknown instrument', path, message);
  }
  if (imagePath && soundPath) return undefined;
  const lacks = imagePath ? 'sound' : 'picture';
  return new BrokenFileError('missing half', path, `openDataset: ${path} must have a ${lacks} of the same name, got none`);
}

function toPairs(split: Split, halves: readonly Halves[], classNames: readonly string[]): Pair[] {
  const pairs = halves.map(({ instrument, stem, imagePath, soundPath }): Pair => ({
    id: `${split}/${instrument}/${stem}`,
    stem,
    split,
    instrument,
    classId: classNames.indexOf(instrument),
    imagePath: imagePath as string,
    soundPath: soundPath as string,
    ...parseStem(stem),
  }));
  const order = (a: number | null, b: number | null) => (a ?? Infinity) - (b ?? Infinity) || 0;
  return pairs.sort(
    (a, b) => a.classId - b.classId || order(a.song, b.song) || order(a.timeMs, b.timeMs) || (a.stem < b.stem ? -1 : 1),
  );
}
