import { join } from 'node:path';
import type { Pair, Split } from '../dataset';
import { isFolder, listSplit, type Halves } from './list-split';
import { parseStem } from './parse-stem';

/** Names that the second split goes by, first found first taken. */
const VALIDATION_FOLDERS = ['validation', 'test'] as const;

/** How many names an error or a warning lists before it only counts. */
const NAMES_SHOWN = 5;

const LAYOUT = 'img/{train,validation}/<instrument>/*.jpg beside chunk/{train,validation}/<instrument>/*.wav';

export interface FindPairsOptions {
  /** Folder names of the splits, when they are not `train` and `validation` or `test`. */
  splits?: Partial<Record<Split, string>>;
  /** A picture without its sound, or a sound without its picture: an error, or left out with a warning. */
  onMissingHalf?: 'error' | 'skip';
  onWarning?: (warning: string) => void;
}

export interface FoundPairs {
  classNames: string[];
  splits: Record<Split, Pair[]>;
}

/**
 * Finds the pairs of a folder in the archive's layout: a picture and a sound belong together when they have the same split,
 * instrument and stem. Class ids are alphabetical over both splits.
 * @throws Error if the folder is missing or laid out otherwise, a split has no pair, or a pair lacks one half (unless skipped)
 */
export async function findPairs(folder: string, options: FindPairsOptions = {}): Promise<FoundPairs> {
  const { onMissingHalf = 'error', onWarning = () => {} } = options;
  if (!(await isFolder(folder))) throw new Error(`openDataset: folder must exist and be a folder, got ${folder}`);
  const names = { train: options.splits?.train ?? 'train', validation: options.splits?.validation };
  const listed: Record<Split, Halves[]> = {
    train: await listNamedSplit(folder, [names.train]),
    validation: await listNamedSplit(folder, names.validation ? [names.validation] : VALIDATION_FOLDERS),
  };
  settleMissingHalves(listed, { onMissingHalf, onWarning });
  const classNames = [...new Set(Object.values(listed).flatMap((halves) => halves.map(({ instrument }) => instrument)))].sort();
  const splits = {
    train: toPairs('train', listed.train, classNames),
    validation: toPairs('validation', listed.validation, classNames),
  };
  for (const split of ['train', 'validation'] as const) {
    if (splits[split].length === 0) throw new Error(`openDataset: ${folder} must hold pairs in its ${split} split, got none`);
  }
  warnOfSharedSongs(splits, onWarning);
  return { classNames, splits };
}

async function listNamedSplit(folder: string, names: readonly string[]): Promise<Halves[]> {
  for (const name of names) {
    const [imageFolder, soundFolder] = [join(folder, 'img', name), join(folder, 'chunk', name)];
    const [hasImages, hasSounds] = [await isFolder(imageFolder), await isFolder(soundFolder)];
    if (hasImages && hasSounds) return listSplit(imageFolder, soundFolder);
    if (hasImages || hasSounds) {
      throw new Error(
        `openDataset: ${hasImages ? imageFolder : soundFolder} must lie beside ${hasImages ? soundFolder : imageFolder}, got only the former`,
      );
    }
  }
  throw new Error(`openDataset: ${folder} must hold ${LAYOUT}, got no img/${names.join(' or img/')}`);
}

function settleMissingHalves(
  listed: Record<Split, Halves[]>,
  options: Required<Pick<FindPairsOptions, 'onMissingHalf' | 'onWarning'>>,
) {
  const missing: string[] = [];
  for (const split of ['train', 'validation'] as const) {
    listed[split] = listed[split].filter(({ instrument, stem, imagePath, soundPath }) => {
      if (imagePath && soundPath) return true;
      missing.push(`${split}/${instrument}/${stem} (no ${imagePath ? 'sound' : 'picture'})`);
      return false;
    });
  }
  if (missing.length === 0) return;
  const shown = missing.slice(0, NAMES_SHOWN).join(', ');
  const list = missing.length > NAMES_SHOWN ? `${shown} and ${missing.length - NAMES_SHOWN} more` : shown;
  if (options.onMissingHalf === 'error') {
    const remedy = "add what is missing, or pass onMissingHalf: 'skip' to leave them out";
    throw new Error(`openDataset: every pair must have a picture and a sound, got ${missing.length} without: ${list}; ${remedy}`);
  }
  options.onWarning(`left out ${missing.length} pairs that lack one half: ${list}`);
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

/** Neighbouring pairs overlap by 80 %: a song on both sides makes validation figures worthless. */
function warnOfSharedSongs(splits: Record<Split, readonly Pair[]>, onWarning: (warning: string) => void): void {
  const songsOf = (pairs: readonly Pair[]) =>
    new Set(pairs.filter(({ song }) => song !== null).map(({ instrument, song }) => `${instrument} ${song}`));
  const trained = songsOf(splits.train);
  const shared = [...songsOf(splits.validation)].filter((song) => trained.has(song));
  if (shared.length === 0) return;
  const shown = shared.slice(0, NAMES_SHOWN).join(', ');
  onWarning(
    `${shared.length} songs are in both splits (${shown}${shared.length > NAMES_SHOWN ? ', …' : ''}): validation figures will be too good`,
  );
}
