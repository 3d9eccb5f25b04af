import { realpath } from 'node:fs/promises';
import { parse, relative, resolve } from 'node:path';
import { listFolder, type FolderEntry } from '../../reading/archive/folder-entry';
import { ignoredFile, isSystemName, systemFile, type IgnoredFile } from '../../reading/archive/ignored-file';
import { ignoreFolder } from '../../reading/archive/list-split';
import { isRead, whyNotRead, type Medium } from '../../reading/archive/media-extensions';
import { splitOfFolder } from '../../reading/archive/split-folders';
import type { Split } from '../../reading/pair';

/** A file to prepare. */
export interface SourceFile {
  path: string;
  /** Path relative to the listed folder, with slashes. */
  relativePath: string;
  /** In Unicode NFC, like `stem` and `place`. */
  className: string;
  /** Its split, if there are folders for the splits. */
  split?: Split;
  /** File name without extension. */
  stem: string;
  /** Path below the class folder, without extension. */
  place: string;
}

/** The contents of a folder. */
export interface Sources {
  /** In alphabetical order of path. */
  files: SourceFile[];
  /** Everything else, with the reasons. */
  ignored: IgnoredFile[];
}

export interface ListSourcesOptions {
  medium: Medium;
  /** Whether a file outside of any folder is a class of its own, with the file's name. */
  looseFiles?: boolean;
  /** Folders to skip, such as the data set that is being written. */
  except?: readonly string[];
}

/**
 * Lists files by class: `<class>/…/file`, or `{train,validation}/<class>/…/file`, where the splits may have any usual name. Follows
 * links.
 */
export async function listSources(folder: string, options: ListSourcesOptions): Promise<Sources> {
  const { medium, looseFiles = false, except = [] } = options;
  const ignored: IgnoredFile[] = [];
  const found = await findFiles(folder, { medium, except: except.map((path) => resolve(path)), ignored });
  const listed = found.map((path) => ({ path, relativePath: relative(folder, path).replaceAll('\\', '/') }));
  listed.sort((a, b) => (a.relativePath < b.relativePath ? -1 : 1));
  const tops = new Set(listed.flatMap(({ relativePath }) => relativePath.split('/').slice(0, -1).slice(0, 1)));
  const sides = new Set([...tops].map(splitOfFolder));
  const isSplit = sides.has('train') && sides.has('validation');
  const files = listed.flatMap((one): SourceFile[] => {
    const file = toSourceFile(one, { isSplit, looseFiles });
    if (typeof file !== 'string') return [file];
    ignored.push(ignoredFile(one.path, file));
    return [];
  });
  return { files, ignored };
}

/** The source file, with class and split from its path; or the reason why it is not one. */
function toSourceFile(
  { path, relativePath }: Pick<SourceFile, 'path' | 'relativePath'>,
  { isSplit, looseFiles }: { isSplit: boolean; looseFiles: boolean },
): SourceFile | string {
  const parts = relativePath.normalize('NFC').split('/');
  const stem = parse(parts.pop() as string).name;
  const split = isSplit && parts.length > 0 ? splitOfFolder(parts[0]) : undefined;
  if (isSplit && parts.length > 0 && !split) return 'it lies beside the folders of the splits';
  if (split) parts.shift();
  if (parts.length === 0 && (split || !looseFiles)) return 'it is not in a class folder';
  const [className = stem, ...below] = parts;
  return { path, relativePath, className, split, stem, place: [...below, stem].join('/') };
}

interface FindFilesOptions {
  medium: Medium;
  except: readonly string[];
  ignored: IgnoredFile[];
  /** Real paths of the parent folders; links back to one of them are not followed. */
  above?: readonly string[];
}

async function findFiles(folder: string, options: FindFilesOptions): Promise<string[]> {
  const { medium, except, ignored, above = [] } = options;
  const here = [...above, await realpath(folder)];
  const files: string[] = [];
  for (const entry of await listFolder(folder)) {
    const { name, path, kind } = entry;
    if (isSystemName(name)) ignored.push(systemFile(path));
    else if (except.includes(resolve(path))) continue;
    else if (name.startsWith('.')) await ignoreHidden(entry, ignored);
    else if (kind === 'folder') {
      if (here.includes(await realpath(path))) ignored.push(ignoredFile(path, 'a link to a folder above it'));
      else files.push(...(await findFiles(path, { ...options, above: here }).catch(unreadable(path, ignored))));
    } else if (kind === 'neither') ignored.push(ignoredFile(path, entry.what ?? 'not a file'));
    else if (isRead(medium, parse(name).ext)) files.push(path);
    else ignored.push(ignoredFile(path, whyNotRead(medium, parse(name).ext)));
  }
  return files;
}

async function ignoreHidden(entry: FolderEntry, ignored: IgnoredFile[]): Promise<void> {
  const reason = 'hidden: its name begins with a dot';
  if (entry.kind === 'folder') await ignoreFolder(entry, reason, (one) => ignored.push(one));
  else ignored.push(ignoredFile(entry.path, reason));
}

const unreadable = (path: string, ignored: IgnoredFile[]) => (error: NodeJS.ErrnoException) => {
  ignored.push(ignoredFile(path, `the folder cannot be read (${error.code})`));
  return [];
};
