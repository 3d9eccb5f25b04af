import { opendir } from 'node:fs/promises';
import { join } from 'node:path';

/** Something in a folder that is not used. */
export interface IgnoredFile {
  readonly path: string;
  /** Files that it stands for: 1, or as many as lie in a folder that is not used as a whole. */
  readonly files: number;
  /** Why: `a folder inside a class folder; move its files up`. */
  readonly reason: string;
  /** Whether an operating system or these programs put it there: nothing of the data is missing. */
  readonly system: boolean;
}

/** Names that operating systems and synchronising programs leave in folders, and those of our own files; in lower case. */
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

/** Whether an operating system or these programs put an entry of this name there: `.DS_Store`, `._x.jpg`, `Thumbs.db`, a card. */
export function isSystemName(name: string): boolean {
  return name.startsWith('._') || /^\.(nfs|trash-|fuse_hidden|~lock)/i.test(name) || SYSTEM_NAMES.has(name.toLowerCase());
}

export const ignoredFile = (path: string, reason: string, files = 1): IgnoredFile => ({ path, files, reason, system: false });
export const systemFile = (path: string): IgnoredFile => ({ path, files: 1, reason: 'a system file', system: true });

/** Files in a folder and those below it, without system files; links are not followed. */
export async function countFiles(folder: string): Promise<number> {
  let count = 0;
  const entries = await opendir(folder).catch(() => undefined);
  for await (const entry of entries ?? []) {
    if (isSystemName(entry.name)) continue;
    count += entry.isDirectory() ? await countFiles(join(folder, entry.name)) : 1;
  }
  return count;
}

/** How many names of each reason a line lists before it only counts. */
const NAMES_SHOWN = 3;

/**
 * What is not used, a line for each reason: `2 files are not used: notes.txt, b/x.bmp (…)`. System files are left unsaid.
 * @param nameOf what a line calls a path: relative to the data set, say
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
