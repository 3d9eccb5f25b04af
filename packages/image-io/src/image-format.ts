/** One row per format that decodeImage reads: its name and how its files begin. '.' stands for any byte. */
const SIGNATURES: readonly (readonly [name: string, start: string])[] = [
  ['jpeg', '\xff\xd8\xff'],
  ['png', '\x89PNG\r\n\x1a\n'],
  ['gif', 'GIF8'],
  ['webp', 'RIFF....WEBP'],
  ['avif', '....ftypavi'],
  ['avif', '....ftypmif1'],
  ['tiff', 'II*\0'],
  ['tiff', 'MM\0*'],
  ['tiff', 'II+\0'],
  ['tiff', 'MM\0+'],
];

/** Files that are often passed as pictures by mistake, for the error message. */
const OTHERS: readonly (readonly [name: string, start: string])[] = [
  ['a WAV sound', 'RIFF....WAVE'],
  ['an HTML page', '<!DOCTYPE'],
  ['an HTML page', '<html'],
  ['an SVG drawing', '<svg'],
  ['an XML file', '<?xml'],
  ['a HEIC photograph', '....ftyphei'],
  ['a video', '....ftyp'],
  ['a Git LFS pointer, its content was never fetched', 'version https://git-lfs'],
  ['a zip archive', 'PK\x03\x04'],
  ['a PDF', '%PDF'],
];

const startsWith = (bytes: Uint8Array, start: string): boolean =>
  bytes.length >= start.length && [...start].every((c, i) => c === '.' || bytes[i] === c.charCodeAt(0));

/** The format by the file's first bytes, never by its name; undefined if decodeImage does not support it. */
export function imageFormat(bytes: Uint8Array): string | undefined {
  return SIGNATURES.find(([, start]) => startsWith(bytes, start))?.[0];
}

/** Describes what a file that is not a picture looks like, for an error message. */
export function describeBytes(bytes: Uint8Array): string {
  if (bytes.length === 0) return 'it is empty';
  const known = OTHERS.find(([, start]) => startsWith(bytes, start));
  if (known) return `it looks like ${known[0]}`;
  const head = bytes.subarray(0, 64);
  if (head.every((byte) => byte === 0)) return 'it begins with zeros';
  if (head.every((byte) => byte >= 0x20 || byte === 9 || byte === 10 || byte === 13)) return 'it looks like text';
  return `it begins with ${[...head.subarray(0, 4)].map((byte) => byte.toString(16).padStart(2, '0')).join(' ')}`;
}

const NAMES: Readonly<Record<string, string>> = {
  jpeg: 'JPEG',
  png: 'PNG',
  gif: 'GIF',
  webp: 'WebP',
  avif: 'AVIF',
  tiff: 'TIFF',
};

/** The format's name for a sentence, such as JPEG. */
export function formatName(bytes: Uint8Array): string {
  return NAMES[imageFormat(bytes) ?? ''] ?? 'picture';
}
