import { opendir } from 'node:fs/promises';
import { join } from 'node:path';

/** A file or folder that is not used. */
export interface IgnoredFile {
  readonly path: string;
  /** Number of files: 1, or those in a folder that is not used as a whole. */
  readonly files: number;
  /** The reason, such as `a folder inside a class folder; move its files up`. */
  readonly reason: string;
  /** Whether it comes from an operating system or from these programs, so that no data are missing. */
  readonly system: boolean;
}

/** Names of files that operating systems, synchronising programs and these programs leave in folders, in lower case. */
const SYSTEM_NAMES = new Set([
  ...[
    '.ds_store',
    '__macosx',
    '.appledouble',
    '.spotlight-v100',
    '.trashes',
    '.fseventsd',
    '.temporaryitems',
    '.localized',
    'icon\r',
  ],
  ...['thumbs.db', 'ehthumbs.db', 'desktop.ini', '$recycle.bin', 'system volume information', '.directory', 'lost+found'],
  ...['@eadir', '.git', '.gitignore', '.gitattributes', '.gitkeep', '.svn', '.hg', '.ipynb_checkpoints', '.cache', '.keep'],
  ...['.cmcgan-cache', 'dataset-card.json', 'dataset-check.json', 'dataset.html', 'ground-truth.json'],
  ...['dataset-card.json.partial', 'dataset-check.json.partial', 'dataset.html.partial'],
]);

/** Whether a name is that of a system file or of a file of these programs: `.DS_Store`, `._x.jpg`, `Thumbs.db`, a card. */
export function isSystemName(name: string): boolean {
  return name.startsWith('._') || /^\.(nfs|trash-|fuse_hidden|~lock)/i.test(name) || SYSTEM_NAMES.has(name.toLowerCase());
}

export const ignoredFile = (path: string, reason: string, files = 1): IgnoredFile => ({ path, files, reason, system: false });
export const systemFile = (path: string): IgnoredFile => ({ path, files: 1, reason: 'a system file', system: true });

/** Counts the files in a folder and below it, without system files; does not follow links. */
export async function countFiles(folder: string): Promise<number> {
  let count = 0;
  const entries = await opendir(folder).catch(() => undefined);
  for await (const entry of entries ?? []) {
    if (isSystemName(entry.name)) continue;
    count += entry.isDirectory() ? await countFiles(join(folder, entry.name)) : 1;
  }
  return count;
}

/** Number of names that a line lists; the rest are only counted. */
const NAMES_SHOWN = 3;

/**
 * Describes what is not used, one line per reason: `2 files are not used: notes.txt, b/x.bmp (…)`. System files are not mentioned.
 * @param nameOf how a path is shown, for example relative to the data set
 */
export function describeIgnored(
  ignored: readonly IgnoredFile[],
  nameOf: (path: string) => string,
  namesShown = NAMES_SHOWN,
): string[] {
  const byReason = new Map<string, IgnoredFile[]>();
  for (const each of ignored) {
    if (each.system) continue;
    const group = byReason.get(each.reason);
    if (group) group.push(each);
    else byReason.set(each.reason, [each]);
  }
  return [...byReason].map(([reason, group]) => {
    const files = group.reduce((sum, each) => sum + each.files, 0);
    const shown = group.slice(0, namesShown).map(({ path }) => nameOf(path));
    const more = group.length > namesShown ? ` and ${group.length - namesShown} more` : '';
    return `${files} ${files === 1 ? 'file is' : 'files are'} not used: ${shown.join(', ')}${more} (${reason})`;
  });
}
