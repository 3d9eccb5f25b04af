import { extname } from 'node:path';

/** What a file holds. */
export type FileKind = 'picture' | 'sound';

/** Endings of the files that can be read. */
const ENDINGS: Readonly<Record<FileKind, readonly string[]>> = {
  picture: ['.jpg', '.jpeg', '.png', '.webp', '.avif', '.gif', '.tif', '.tiff'],
  sound: ['.wav', '.wave', '.aif', '.aiff', '.aifc', '.flac', '.mp3', '.mp2', '.ogg', '.oga', '.opus'],
};

/** Endings of the files that can be written, the default first. */
export const WRITTEN: Readonly<Record<FileKind, readonly string[]>> = { picture: ['.png', '.jpg', '.jpeg'], sound: ['.wav'] };

const KINDS = ['picture', 'sound'] as const;

/** What a file holds by the ending of its name; undefined if it tells nothing. */
export function kindOf(path: string): FileKind | undefined {
  const ending = extname(path).toLowerCase();
  return KINDS.find((kind) => ENDINGS[kind].includes(ending));
}

/** What is generated from a file. */
export const otherKind = (kind: FileKind): FileKind => (kind === 'picture' ? 'sound' : 'picture');

/** The kind of file that a path to write names; undefined for a folder. */
export function writtenKind(path: string): FileKind | undefined {
  const ending = extname(path).toLowerCase();
  return KINDS.find((kind) => WRITTEN[kind].includes(ending));
}
