import type { Dirent } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** An entry of a folder. A link counts as what it points to. */
export interface FolderEntry {
  name: string;
  path: string;
  kind: 'file' | 'folder' | 'neither';
  /** If it is neither a file nor a folder, what it is: `a named pipe`, `a link to nothing`. Opening it might block for ever. */
  what?: string;
}

/** Lists a folder in alphabetical order (by code unit). Only links need an extra call, to follow them. */
export async function listFolder(folder: string): Promise<FolderEntry[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  return Promise.all(entries.map((entry) => toFolderEntry(folder, entry)));
}

async function toFolderEntry(folder: string, entry: Dirent): Promise<FolderEntry> {
  const { name } = entry;
  const path = join(folder, name);
  if (!entry.isSymbolicLink()) return { name, path, ...kindOf(entry) };
  return stat(path).then(
    (target) => ({ name, path, ...kindOf(target) }),
    (error: NodeJS.ErrnoException) => ({ name, path, kind: 'neither' as const, what: brokenLink(error.code) }),
  );
}

/** The part of Dirent and Stats that is needed here. */
type Typed = Pick<Dirent, 'isFile' | 'isDirectory' | 'isFIFO' | 'isSocket' | 'isBlockDevice' | 'isCharacterDevice'>;

function kindOf(entry: Typed): Pick<FolderEntry, 'kind' | 'what'> {
  if (entry.isFile()) return { kind: 'file' };
  if (entry.isDirectory()) return { kind: 'folder' };
  if (entry.isFIFO()) return { kind: 'neither', what: 'a named pipe' };
  if (entry.isSocket()) return { kind: 'neither', what: 'a socket' };
  if (entry.isBlockDevice() || entry.isCharacterDevice()) return { kind: 'neither', what: 'a device' };
  return { kind: 'neither', what: 'neither a file nor a folder' };
}

function brokenLink(code = 'an error'): string {
  if (code === 'ENOENT' || code === 'ENOTDIR') return 'a link to nothing';
  return code === 'ELOOP' ? 'a link that leads back to itself' : `a link that cannot be followed (${code})`;
}

/** Whether the path is a folder or a link to one. */
export async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (entry) => entry.isDirectory(),
    () => false,
  );
}
