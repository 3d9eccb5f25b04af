import { join } from 'node:path';
import type { Split } from '../pair';
import { listFolder, type FolderEntry } from './folder-entry';
import { ignoredFile, isSystemName, systemFile, type IgnoredFile } from './ignored-file';
import { ignoreFolder } from './list-split';
import { SPLIT_FOLDERS, splitOfFolder } from './split-folders';

const LAYOUT = 'img/{train,validation}/<instrument>/*.jpg beside chunk/{train,validation}/<instrument>/*.wav';

/** The two folders of a split. */
export interface SplitFolders {
  images: string;
  sounds: string;
}

export interface FindSplitsOptions {
  /** Names of the splits' folders; default: any of the usual ones. */
  names?: Partial<Record<Split, string>>;
  ignored: (entry: IgnoredFile) => void;
}

/**
 * Finds the folders of both splits in `img` and `chunk`, by any of their usual names in any case, and ignores everything else.
 * @throws Error if a split is missing or has only pictures or only sounds
 */
export async function findSplits(
  folder: string,
  { names = {}, ignored }: FindSplitsOptions,
): Promise<Record<Split, SplitFolders>> {
  const top = await listFolder(folder);
  const [images, sounds] = [findFolder(top, ['img']), findFolder(top, ['chunk'])];
  await ignoreOthers(top, [images, sounds], () => 'it lies beside img and chunk', ignored);
  const [imageSide, soundSide] = await Promise.all([images, sounds].map((side) => (side ? listFolder(side.path) : [])));
  const choose = (split: Split) => {
    const wanted = names[split] === undefined ? SPLIT_FOLDERS[split] : [names[split]];
    const side = { images: images?.path ?? join(folder, 'img'), sounds: sounds?.path ?? join(folder, 'chunk') };
    return chooseSplit({ wanted, imageSide, soundSide, side, folder });
  };
  const found = { train: choose('train'), validation: choose('validation') };
  for (const [entries, key] of [
    [imageSide, 'image'],
    [soundSide, 'sound'],
  ] as const) {
    const why = ({ name, kind }: FolderEntry) => {
      const split = splitOfFolder(name);
      if (kind !== 'folder') return 'it is not in a class folder';
      if (!split) return `not the name of a split: those are ${[...SPLIT_FOLDERS.train, ...SPLIT_FOLDERS.validation].join(', ')}`;
      return `${found[split][key].name} is used for the ${split} split; move these files there, or rename the folder they are to replace`;
    };
    await ignoreOthers(entries, [found.train[key], found.validation[key]], why, ignored);
  }
  const paths = ({ image, sound }: Chosen): SplitFolders => ({ images: image.path, sounds: sound.path });
  return { train: paths(found.train), validation: paths(found.validation) };
}

interface Chosen {
  image: FolderEntry;
  sound: FolderEntry;
}

interface ChooseSplitOptions {
  wanted: readonly string[];
  imageSide: readonly FolderEntry[];
  soundSide: readonly FolderEntry[];
  /** The folders of pictures and sounds, for error messages. */
  side: SplitFolders;
  folder: string;
}

/** The first name that both folders have; else the first of each: `img/val` goes with `chunk/validation`. */
function chooseSplit({ wanted, imageSide, soundSide, side, folder }: ChooseSplitOptions): Chosen {
  const of = (names: readonly string[]) => ({ image: findFolder(imageSide, names), sound: findFolder(soundSide, names) });
  const candidates = [...wanted.map((name) => of([name])), of(wanted)];
  const both = candidates.find((one): one is Chosen => one.image !== undefined && one.sound !== undefined);
  if (both) return both;
  const { image, sound } = of(wanted);
  if (image ?? sound) {
    const { name, path } = (image ?? sound) as FolderEntry;
    throw new Error(`openDataset: ${path} must lie beside ${join(image ? side.sounds : side.images, name)}, got only the former`);
  }
  throw new Error(
    `openDataset: ${folder} must hold ${LAYOUT}, got no ${noneOf(wanted)}; prepare can make such a data set from other folders`,
  );
}

/** `img/train`, or `img/validation or img/test (or valid, val, …)`. */
function noneOf(wanted: readonly string[]): string {
  if (wanted.length === 1 || wanted[0] === 'train') return `img/${wanted[0]}`;
  const others = wanted.filter((name) => name !== 'validation' && name !== 'test');
  return `img/validation or img/test (nor ${others.join(', ')})`;
}

/** The first folder with one of these names, exactly or else in any case. */
function findFolder(entries: readonly FolderEntry[], names: readonly string[]): FolderEntry | undefined {
  const folders = entries.filter(({ kind }) => kind === 'folder');
  for (const wanted of names) {
    const found =
      folders.find(({ name }) => name === wanted) ?? folders.find(({ name }) => name.toLowerCase() === wanted.toLowerCase());
    if (found) return found;
  }
  return undefined;
}

async function ignoreOthers(
  entries: readonly FolderEntry[],
  used: readonly (FolderEntry | undefined)[],
  why: (entry: FolderEntry) => string,
  ignored: (entry: IgnoredFile) => void,
): Promise<void> {
  for (const entry of entries) {
    if (used.includes(entry)) continue;
    if (isSystemName(entry.name)) ignored(systemFile(entry.path));
    else if (entry.kind === 'folder') await ignoreFolder(entry, why(entry), ignored);
    else ignored(ignoredFile(entry.path, entry.what ?? why(entry)));
  }
}
