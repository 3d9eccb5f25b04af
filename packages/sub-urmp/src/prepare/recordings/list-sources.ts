import { readdir } from 'node:fs/promises';
import { join, parse } from 'node:path';
import type { Split } from '../../dataset';

/** A file of somebody's own data. */
export interface SourceFile {
  path: string;
  /** Path from the folder that was listed, with slashes. */
  relativePath: string;
  className: string;
  /** Side it was put on already, by folders called train and validation. */
  split?: Split;
  /** File name without extension. */
  stem: string;
}

/** What folders are called that hold a split. */
const SPLIT_FOLDERS: Readonly<Record<string, Split>> = {
  train: 'train',
  validation: 'validation',
  valid: 'validation',
  val: 'validation',
  test: 'validation',
};

/**
 * Lists files by class: `<class>/…/file`, or `{train,validation}/<class>/…/file`. With `looseFiles`, a file that lies in no folder is
 * a class of its own, called like it. Hidden ones are passed over. In alphabetical order.
 */
export async function listSources(
  folder: string,
  { extensions, looseFiles = false }: { extensions: readonly string[]; looseFiles?: boolean },
): Promise<SourceFile[]> {
  const names = (await readdir(folder, { recursive: true, withFileTypes: true }))
    .filter((entry) => !entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name).slice(join(folder, '/').length).replaceAll('\\', '/'))
    .filter((name) => extensions.includes(parse(name).ext.toLowerCase()) && !name.split('/').some((part) => part.startsWith('.')))
    .sort();
  const tops = new Set(names.filter((name) => name.includes('/')).map((name) => name.split('/')[0]));
  const isSplit = tops.has('train') && tops.size > 1 && [...tops].every((name) => Object.hasOwn(SPLIT_FOLDERS, name));
  return names.flatMap((relativePath): SourceFile[] => {
    const parts = relativePath.split('/');
    const stem = parse(relativePath).name;
    const split = isSplit && parts.length > 1 ? SPLIT_FOLDERS[parts.shift() as string] : undefined;
    if (parts.length === 1 && !looseFiles) return [];
    const className = parts.length > 1 ? parts[0] : stem;
    return [{ path: join(folder, relativePath), relativePath, className, split, stem }];
  });
}
