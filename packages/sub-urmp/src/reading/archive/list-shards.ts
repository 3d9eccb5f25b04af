import { open, type FileHandle } from 'node:fs/promises';
import { basename, posix } from 'node:path';
import { BrokenFileError } from '../check/broken-file';
import type { Split } from '../pair';
import type { FolderEntry } from './folder-entry';
import { ignoredFile, isSystemName, systemFile, type IgnoredFile } from './ignored-file';
import { addHalf, byId, type Halves } from './list-split';
import { isRead } from './media-extensions';
import { memberPath, type TarMember } from './pair-file';
import { splitOfFolder } from './split-folders';
import { BLOCK_BYTES, paddedSize, parsePaxRecords, parseTarHeader, type TarHeader } from './tar-header';

/** The split of a shard: `train-000012.tar`, `val_3.tar`, `test.tar`; undefined if its name is none of these. */
export function splitOfShard(name: string, names: Partial<Record<Split, string>> = {}): Split | undefined {
  const [, stem] = /^(.+?)(?:[-_]?\d+)?\.tar$/i.exec(name) ?? [];
  if (stem === undefined) return undefined;
  const named = (['train', 'validation'] as const).find((split) => names[split] === stem);
  return named ?? (Object.keys(names).length === 0 ? splitOfFolder(stem) : undefined);
}

interface ListShardsOptions {
  readonly names?: Partial<Record<Split, string>>;
  readonly ignored: (entry: IgnoredFile) => void;
}

/**
 * Lists the pairs in tar files in WebDataset's layout: `<class>/<stem>.jpg` and `<class>/<stem>.wav`, whose members with the same name up
 * to the extension belong together. A member without a class folder has its class in a `.cls` or in the `class` of a `.json` beside it.
 * @throws Error if a tar file is damaged or its end is missing, since nobody could tell which pairs are
 */
export async function listShards(entries: readonly FolderEntry[], options: ListShardsOptions): Promise<Record<Split, Halves[]>> {
  const { names, ignored } = options;
  const found = { train: new Map<string, Halves>(), validation: new Map<string, Halves>() };
  for (const entry of entries) {
    const split = entry.kind === 'file' ? splitOfShard(entry.name, names) : undefined;
    if (split !== undefined) await listShard(entry.path, found[split], ignored);
    else if (isSystemName(entry.name)) ignored(systemFile(entry.path));
    else ignored(ignoredFile(entry.path, whyNotShard(entry)));
  }
  return { train: byId(found.train), validation: byId(found.validation) };
}

function whyNotShard({ name, what }: FolderEntry): string {
  if (what !== undefined) return what;
  if (/\.tar\.\w+$|\.tgz$/i.test(name)) return 'compressed; unpack it to a .tar, whose members can be read one by one';
  return 'it lies beside shards, which have names such as train-000000.tar and validation-000000.tar';
}

/** A member's name without its extension, which begins at the first dot after the folder, and that extension. */
function splitName(name: string): { key: string; extension: string } {
  const folder = posix.dirname(name);
  const dot = posix.basename(name).indexOf('.');
  const stem = dot < 0 ? posix.basename(name) : posix.basename(name).slice(0, dot);
  return { key: folder === '.' ? stem : `${folder}/${stem}`, extension: dot < 0 ? '' : posix.basename(name).slice(dot) };
}

async function listShard(tar: string, halves: Map<string, Halves>, ignored: (entry: IgnoredFile) => void): Promise<void> {
  const file = await open(tar);
  try {
    const media: { member: TarMember; key: string; kind: 'images' | 'sounds' }[] = [];
    const classes = new Map<string, string>();
    for await (const member of membersOf(file, tar)) {
      const { key, extension } = splitName(member.name);
      if (isRead('picture', extension)) media.push({ member, key, kind: 'images' });
      else if (isRead('sound', extension)) media.push({ member, key, kind: 'sounds' });
      else if (key.includes('/') && ['.json', '.cls'].includes(extension)) continue;
      else if (extension === '.json' || extension === '.cls') classes.set(key, await classIn(file, member));
      else ignored(ignoredFile(memberPath(member), 'neither a picture nor a sound by its extension'));
    }
    for (const { member, key, kind } of media) {
      const folder = posix.dirname(key) === '.' ? classes.get(key) : posix.basename(posix.dirname(key));
      const place = memberPath(member);
      if (!folder) ignored(ignoredFile(place, 'its class is unknown: it has no folder, and no .cls or .json beside it'));
      else {
        const [instrument, stem] = [folder, posix.basename(key)].map((part) => unescapeDots(part).normalize('NFC'));
        addHalf(halves, { instrument, stem, kind, entry: { name: basename(member.name), path: place, kind: 'file' } });
      }
    }
  } finally {
    await file.close();
  }
}

/** Names in shards cannot have dots before their extension: a dot is written as %2E, and % as %25. */
export const escapeDots = (name: string): string => name.replaceAll('%', '%25').replaceAll('.', '%2E');
const unescapeDots = (name: string): string => name.replaceAll('%2E', '.').replaceAll('%25', '%');

async function classIn(file: FileHandle, { offset, size, name }: TarMember): Promise<string> {
  const text = (await readAt(file, offset, size)).toString('utf8');
  if (name.endsWith('.cls')) return text.trim();
  try {
    const { class: given } = JSON.parse(text) as { class?: unknown };
    return given === undefined ? '' : String(given);
  } catch {
    return '';
  }
}

async function readAt(file: FileHandle, offset: number, size: number): Promise<Buffer> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(size), 0, size, offset);
  return buffer.subarray(0, bytesRead);
}

/** The files in a tar file (ustar, PAX, GNU), from their headers alone. */
async function* membersOf(file: FileHandle, tar: string): AsyncGenerator<TarMember> {
  const { size: tarSize } = await file.stat();
  let [offset, longName] = [0, undefined as string | undefined];
  let pax = new Map<string, string>();
  const cutOff = (): BrokenFileError => {
    const message = `openDataset: ${tar} must be a whole tar file, got one whose end is missing after ${tarSize} bytes; copy it again`;
    return new BrokenFileError('truncated', tar, message);
  };
  for (;;) {
    const block = await readAt(file, offset, BLOCK_BYTES);
    if (block.length < BLOCK_BYTES) throw cutOff();
    const header: TarHeader | undefined = parseTarHeader(block, tar, offset);
    if (header === undefined) return;
    offset += BLOCK_BYTES;
    const size = header.type === '0' || header.type === '7' ? Number(pax.get('size') ?? header.size) : header.size;
    if (offset + size > tarSize) throw cutOff();
    if (header.type === 'x') pax = parsePaxRecords(await readAt(file, offset, size));
    else if (header.type === 'L') longName = (await readAt(file, offset, size)).toString('utf8').replace(/\0.*$/s, '');
    else if (header.type !== 'g' && header.type !== 'K') {
      const name = (pax.get('path') ?? longName ?? header.name).replace(/^(\.\/)+/, '');
      if (header.type === '0' || header.type === '7') yield { tar, offset, size, name };
      [longName, pax] = [undefined, new Map()];
    }
    offset += paddedSize(size);
  }
}
