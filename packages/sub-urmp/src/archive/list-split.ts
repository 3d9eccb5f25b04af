import { readdir, stat } from 'node:fs/promises';
import { join, parse } from 'node:path';
import { BrokenFileError } from '../check/broken-file';

export const IMAGE_EXTENSIONS: readonly string[] = ['.jpg', '.jpeg', '.png'];
export const SOUND_EXTENSIONS: readonly string[] = ['.wav'];

/** The paths of one pair's files, as far as they were found. */
export interface Halves {
  instrument: string;
  stem: string;
  imagePath?: string;
  soundPath?: string;
}

/**
 * Lists one split by `instrument/stem`, in alphabetical order. Hidden files are passed over, and files with other extensions too
 * (`onIgnored` is told of each).
 * @throws BrokenFileError if two pictures or two sounds share a stem
 */
export async function listSplit(
  imageFolder: string,
  soundFolder: string,
  onIgnored: (path: string) => void = () => {},
): Promise<Halves[]> {
  const halves = new Map<string, Halves>();
  const collect = async (folder: string, extensions: readonly string[], key: 'imagePath' | 'soundPath') => {
    for (const { instrument, path, stem } of await listFiles(folder, { extensions, onIgnored })) {
      const id = `${instrument}/${stem}`;
      const pair = halves.get(id) ?? { instrument, stem };
      if (pair[key] !== undefined) {
        throw new BrokenFileError('unreadable', path, `openDataset: a stem must name one file, got ${pair[key]} and ${path}`);
      }
      pair[key] = path;
      halves.set(id, pair);
    }
  };
  await collect(imageFolder, IMAGE_EXTENSIONS, 'imagePath');
  await collect(soundFolder, SOUND_EXTENSIONS, 'soundPath');
  return [...halves.keys()].sort().map((id) => halves.get(id) as Halves);
}

interface ListFilesOptions {
  extensions: readonly string[];
  onIgnored: (path: string) => void;
}

async function listFiles(folder: string, { extensions, onIgnored }: ListFilesOptions) {
  const files: { instrument: string; path: string; stem: string }[] = [];
  for (const instrument of (await readdir(folder)).sort()) {
    if (instrument.startsWith('.') || !(await isFolder(join(folder, instrument)))) continue;
    for (const file of (await readdir(join(folder, instrument))).sort()) {
      const { name, ext } = parse(file);
      if (file.startsWith('.')) continue;
      if (!extensions.includes(ext.toLowerCase())) {
        onIgnored(join(folder, instrument, file));
        continue;
      }
      files.push({ instrument, path: join(folder, instrument, file), stem: name });
    }
  }
  return files;
}

/** Whether the path is a folder or a link to one. */
export async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (entry) => entry.isDirectory(),
    () => false,
  );
}
