import { stat } from 'node:fs/promises';
import { basename, relative, sep } from 'node:path';
import { UserError } from '@cmcgan/command-line';
import { kindOf, type FileKind } from './file-kinds';
import { isPattern, parsePattern, walk } from './walk';

/** A file to read. */
export interface InputFile {
  readonly path: string;
  /** Its path in the folder that was named, which its output keeps; the name alone of a file that was named itself. */
  readonly below: string;
  /** Undefined if the ending of its name does not tell. */
  readonly kind: FileKind | undefined;
}

/** The files to read, and how many others the folders hold. */
export interface FoundInputs {
  readonly files: readonly InputFile[];
  readonly others: number;
  /** Whether a single file was named, rather than a folder, a pattern or several files. */
  readonly single: boolean;
}

const isUrl = (name: string) => /^https?:\/\//i.test(name);
const asSlashes = (path: string) => path.replaceAll(sep, '/');

/**
 * Finds the files that the names stand for: files, URLs, folders with all that is below them, and patterns such as `photos/*.jpg`.
 *
 * @throws if a name stands for nothing
 */
export async function findInputs(names: readonly string[]): Promise<FoundInputs> {
  const lists = [];
  for (const name of names) lists.push(await filesOf(name));
  const found = lists.flatMap(({ files }) => files);
  const files = [...new Map(found.map((file) => [file.path, file])).values()]; // named twice: once
  return {
    files,
    others: lists.reduce((sum, { others }) => sum + others, 0),
    single: lists.length === 1 && lists[0].single,
  };
}

async function filesOf(name: string): Promise<FoundInputs> {
  const itself = { files: [{ path: name, below: nameIn(name), kind: kindOf(nameIn(name)) }], others: 0, single: true };
  if (isUrl(name)) return itself;
  const stats = await stat(name).catch(() => undefined);
  if (stats?.isDirectory()) return readableOf(name, await collect(name));
  if (stats !== undefined) return itself;
  if (!isPattern(name)) throw new UserError(`${name} does not exist`);
  const { root, matches, depth } = parsePattern(name);
  const paths = (await collect(root, depth)).filter((path) => matches.test(asSlashes(relative(root, path))));
  if (paths.length === 0) throw new UserError(`no file matches ${name}`);
  return readableOf(root, paths);
}

const nameIn = (name: string) => basename(isUrl(name) ? new URL(name).pathname : name);

async function collect(folder: string, depth?: number): Promise<string[]> {
  const paths: string[] = [];
  for await (const path of walk(folder, depth)) paths.push(path);
  return paths;
}

function readableOf(folder: string, paths: readonly string[]): FoundInputs {
  const all = paths.map((path) => ({ path, below: relative(folder, path), kind: kindOf(path) }));
  const files = all.filter(({ kind }) => kind !== undefined);
  return { files, others: all.length - files.length, single: false };
}
