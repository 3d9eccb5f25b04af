import { BrokenFileError } from '../check/broken-file';
import { leftOut, type LeftOut } from '../check/left-out';
import type { Pair, Split } from '../pair';
import { findSplits, type FindSplitsOptions } from './find-splits';
import { isFolder, listFolder, type FolderEntry } from './folder-entry';
import type { IgnoredFile } from './ignored-file';
import { listShards, splitOfShard } from './list-shards';
import { listSplit, type Halves } from './list-split';
import { parseStem } from './parse-stem';

export interface FindPairsOptions {
  /** Folder names of the splits, if they are not the usual: `train`, and `validation`, `valid`, `val`, `dev`, `eval` or `test`. */
  splits?: Partial<Record<Split, string>>;
  /** The instruments that are allowed; files of others count as broken. Default: any. */
  instruments?: readonly string[];
}

export interface FoundPairs {
  classNames: string[];
  splits: Record<Split, Pair[]>;
  /** Files that cannot form a pair: their other half is missing, two files have the same name, or the instrument is not allowed. */
  leftOut: LeftOut[];
  /** Other files in the folder that are not used. */
  ignored: IgnoredFile[];
}

/**
 * Finds the pairs in a folder with the archive's layout: a picture and a sound form a pair if they have the same split, instrument and
 * stem, compared in Unicode NFC. Class ids are alphabetical over both splits. A folder of tar files (`train-000000.tar`, …) counts the same.
 * @throws Error if the folder is missing or has another layout
 */
export async function findPairs(folder: string, options: FindPairsOptions = {}): Promise<FoundPairs> {
  if (!(await isFolder(folder))) throw new Error(`openDataset: folder must exist and be a folder, got ${folder}`);
  const ignored: IgnoredFile[] = [];
  const tell = (entry: IgnoredFile) => void ignored.push(entry);
  const found = await listHalves(folder, { names: options.splits, ignored: tell });
  const left: LeftOut[] = [];
  const listed: Record<Split, Halves[]> = { train: [], validation: [] };
  for (const split of ['train', 'validation'] as const) {
    const halves = found[split];
    const whatIsWrong = judge(
      halves,
      options.instruments?.map((name) => name.normalize('NFC')),
    );
    listed[split] = halves.filter((one) => {
      const problems = whatIsWrong(one);
      left.push(...problems.map((problem) => leftOut(`${split}/${one.instrument}/${one.stem}`, problem)));
      return problems.length === 0;
    });
  }
  const classNames = [...new Set(Object.values(listed).flatMap((halves) => halves.map(({ instrument }) => instrument)))].sort();
  const splits = {
    train: toPairs('train', listed.train, classNames),
    validation: toPairs('validation', listed.validation, classNames),
  };
  return { classNames, splits, leftOut: left, ignored };
}

/** The files of both splits, in shards if there are any, else in folders. */
async function listHalves(folder: string, options: FindSplitsOptions): Promise<Record<Split, Halves[]>> {
  const entries = await listFolder(folder);
  if (entries.some(({ name, kind }) => kind === 'file' && splitOfShard(name, options.names) !== undefined))
    return listShards(entries, options);
  const folders = await findSplits(folder, options);
  const list = (split: Split) => listSplit(folders[split].images, folders[split].sounds, options.ignored);
  return { train: await list('train'), validation: await list('validation') };
}

/** Returns a function that lists the problems of a pair of the split, file by file; none if it has one picture and one sound. */
function judge(split: readonly Halves[], instruments?: readonly string[]): (halves: Halves) => BrokenFileError[] {
  const seen = new Set(split.filter(({ images }) => images.length > 0).map(({ instrument }) => instrument));
  const heard = new Set(split.filter(({ sounds }) => sounds.length > 0).map(({ instrument }) => instrument));
  return ({ instrument, images, sounds }) => {
    const all = [...images, ...sounds];
    if (instruments && !instruments.includes(instrument)) {
      const rule = `must be of one of ${instruments.length} instruments, got ${instrument}`;
      return [new BrokenFileError('unknown instrument', all[0].path, `openDataset: ${all[0].path} ${rule}`)];
    }
    const strange = all.filter(({ kind }) => kind !== 'file');
    if (strange.length > 0) return strange.map(noFile);
    const twice = [images, sounds].filter((files) => files.length > 1);
    if (twice.length > 0) return twice.flatMap(sameName);
    if (images.length === 1 && sounds.length === 1) return [];
    const lacks = images.length === 1 ? 'sound' : 'picture';
    const hasClass = (images.length === 1 ? heard : seen).has(instrument);
    const found = hasClass ? 'none' : `no ${lacks} of ${instrument} at all`;
    const message = `openDataset: ${all[0].path} must have a ${lacks} of the same name, got ${found}`;
    return [new BrokenFileError('missing half', all[0].path, message)];
  };
}

function noFile({ path, what = 'a folder' }: FolderEntry): BrokenFileError {
  return new BrokenFileError('unreadable', path, `openDataset: ${path} must be a file, got ${what}`);
}

function sameName(files: readonly FolderEntry[]): BrokenFileError[] {
  return files.map(({ path }) => {
    const others = files.filter((other) => other.path !== path).map((other) => other.path);
    return new BrokenFileError(
      'duplicate name',
      path,
      `openDataset: ${path} must be the only file with its name, got ${others.join(' and ')} too`,
    );
  });
}

function toPairs(split: Split, halves: readonly Halves[], classNames: readonly string[]): Pair[] {
  const pairs = halves.map(({ instrument, stem, images, sounds }): Pair => ({
    id: `${split}/${instrument}/${stem}`,
    stem,
    split,
    instrument,
    classId: classNames.indexOf(instrument),
    imagePath: images[0].path,
    soundPath: sounds[0].path,
    ...parseStem(stem),
  }));
  const order = (a: number | null, b: number | null) => (a ?? Infinity) - (b ?? Infinity) || 0;
  return pairs.sort(
    (a, b) => a.classId - b.classId || order(a.song, b.song) || order(a.timeMs, b.timeMs) || (a.stem < b.stem ? -1 : 1),
  );
}
