import { parse } from 'node:path';
import { listFolder, type FolderEntry } from './folder-entry';
import { countFiles, ignoredFile, isSystemName, systemFile, type IgnoredFile } from './ignored-file';
import { isRead, whyNotRead } from './media-extensions';

/** The files found for one pair: one picture and one sound if all is well. */
export interface Halves {
  instrument: string;
  stem: string;
  images: FolderEntry[];
  sounds: FolderEntry[];
}

/**
 * Lists one split by `instrument/stem`, in alphabetical order. Names are compared in Unicode NFC, since zip files made on a Mac contain
 * decomposed ones. Folders and named pipes with the extension of a picture or a sound are listed too. Calls `ignored` with the rest.
 */
export async function listSplit(
  imageFolder: string,
  soundFolder: string,
  ignored: (entry: IgnoredFile) => void,
): Promise<Halves[]> {
  const halves = new Map<string, Halves>();
  for (const [folder, medium, key] of [
    [imageFolder, 'picture', 'images'],
    [soundFolder, 'sound', 'sounds'],
  ] as const) {
    for (const { instrument, stem, entry } of await listClasses(folder, medium, ignored)) {
      addHalf(halves, { instrument, stem, kind: key, entry });
    }
  }
  return byId(halves);
}

interface Half {
  instrument: string;
  stem: string;
  kind: 'images' | 'sounds';
  entry: FolderEntry;
}

/** Adds a file to its pair. */
export function addHalf(halves: Map<string, Halves>, { instrument, stem, kind, entry }: Half): void {
  const id = `${instrument}/${stem}`;
  const pair = halves.get(id) ?? { instrument, stem, images: [], sounds: [] };
  pair[kind].push(entry);
  halves.set(id, pair);
}

/** The pairs in alphabetical order (by code unit) of `instrument/stem`. */
export const byId = (halves: Map<string, Halves>): Halves[] => [...halves.keys()].sort().map((id) => halves.get(id) as Halves);

/** The files of one medium in a folder of class folders. */
async function listClasses(folder: string, medium: 'picture' | 'sound', ignored: (entry: IgnoredFile) => void) {
  const files: { instrument: string; stem: string; entry: FolderEntry }[] = [];
  for (const classFolder of await listFolder(folder)) {
    if (isSystemName(classFolder.name)) ignored(systemFile(classFolder.path));
    else if (classFolder.kind !== 'folder')
      ignored(ignoredFile(classFolder.path, classFolder.what ?? 'it is not in a class folder'));
    else if (classFolder.name.startsWith('.')) await ignoreFolder(classFolder, 'hidden: its name begins with a dot', ignored);
    else {
      const instrument = classFolder.name.normalize('NFC');
      for (const entry of await listClass(classFolder, ignored)) {
        const { name, ext } = parse(entry.name);
        if (isRead(medium, ext)) files.push({ instrument, stem: name.normalize('NFC'), entry });
        else await ignoreInClass(entry, whyNotRead(medium, ext), ignored);
      }
    }
  }
  return files;
}

/** Lists a class folder without system files and hidden files. */
async function listClass(folder: FolderEntry, ignored: (entry: IgnoredFile) => void): Promise<FolderEntry[]> {
  const entries = await listFolder(folder.path).catch((error: NodeJS.ErrnoException) => {
    ignored(ignoredFile(folder.path, `the folder cannot be read (${error.code})`));
    return [];
  });
  return entries.filter(({ name, path }) => {
    if (isSystemName(name)) ignored(systemFile(path));
    else if (name.startsWith('.')) ignored(ignoredFile(path, 'hidden: its name begins with a dot'));
    else return true;
    return false;
  });
}

async function ignoreInClass(entry: FolderEntry, reason: string, ignored: (entry: IgnoredFile) => void): Promise<void> {
  if (entry.kind === 'folder') await ignoreFolder(entry, 'a folder inside a class folder; move its files up', ignored);
  else ignored(ignoredFile(entry.path, entry.what ?? reason));
}

/** Reports a folder that is not used, with the number of its files, unless it is empty. */
export async function ignoreFolder({ path }: FolderEntry, reason: string, ignored: (entry: IgnoredFile) => void): Promise<void> {
  const files = await countFiles(path);
  if (files > 0) ignored(ignoredFile(path, reason, files));
}
