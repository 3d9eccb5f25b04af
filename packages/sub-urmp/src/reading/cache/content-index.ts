import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { BigIntStats } from 'node:fs';
import type { CacheFolder } from './cache-folder';

/** A file changed less than this before it was hashed might change again without a visible change of its times. */
const MARGIN_MS = 2000;

/** What was known about a file when it was hashed. */
interface Entry {
  stamp: string;
  sha256: string;
  /** Whether the file had been unchanged for long enough that an equal stamp means equal content. */
  settled: boolean;
}

/**
 * Remembers the SHA-256 of files by their size, times and inode, like Git's index, so that opening a large data set again does not read
 * all of it. An entry is used only if the file had not changed for two seconds when it was hashed, because any later change then shows
 * in its times.
 */
export interface ContentIndex {
  /** The hash of the file's content, if it has certainly not changed since. */
  find(path: string, stats: BigIntStats): string | undefined;
  /** Records the hash of content that was read after `stats` was taken. */
  record(path: string, stats: BigIntStats, sha256: string): void;
  save(): Promise<void>;
}

/** Opens the index of one data folder; several folders may share a cache folder. A damaged index counts as empty. */
export async function openContentIndex(cache: CacheFolder, dataFolder: string): Promise<ContentIndex> {
  const name = `index-${createHash('sha256').update(dataFolder).digest('hex').slice(0, 16)}.json`;
  const entries = new Map<string, Entry>(await readEntries(`${cache.path}/${name}`));
  let changed = false;
  return {
    find(path, stats) {
      const entry = entries.get(path);
      return entry?.settled && entry.stamp === stampOf(stats) ? entry.sha256 : undefined;
    },
    record(path, stats, sha256) {
      const { openedAtMs } = cache;
      const settled = openedAtMs !== undefined && Number(stats.ctimeMs) < openedAtMs - MARGIN_MS;
      entries.set(path, { stamp: stampOf(stats), sha256, settled });
      changed = true;
    },
    async save() {
      if (!changed) return;
      changed = false;
      await cache.write(name, JSON.stringify([...entries].filter(([, { settled }]) => settled)));
    },
  };
}

async function readEntries(file: string): Promise<[string, Entry][]> {
  try {
    const entries: unknown = JSON.parse(await readFile(file, 'utf8'));
    return Array.isArray(entries) ? entries.filter(isEntry) : [];
  } catch {
    return [];
  }
}

function isEntry(value: unknown): value is [string, Entry] {
  if (!Array.isArray(value) || typeof value[0] !== 'string') return false;
  const entry = value[1] as Partial<Entry> | undefined;
  return typeof entry?.stamp === 'string' && /^[0-9a-f]{64}$/.test(entry.sha256 ?? '') && entry.settled === true;
}

function stampOf({ size, mtimeNs, ctimeNs, ino, dev }: BigIntStats): string {
  return [size, mtimeNs, ctimeNs, ino, dev].join(' ');
}
