import type { Kind } from '../protocol';

/** What a file is for the studio: something to generate from, or one of a model's files. */
export type FileKind = Kind | 'model' | 'unknown';

const ascii = (bytes: Uint8Array, start: number, end: number) => String.fromCharCode(...bytes.subarray(start, end));

/** Brands of the ISO container that hold pictures; all others are taken for sounds. */
const PICTURE_BRANDS = /^(avif|avis|heic|heix|mif1|msf1)$/;

/** Tells a picture from a sound by the first bytes of a file, else by its type. */
export async function fileKind(file: File): Promise<FileKind> {
  if (/\.(json|safetensors)$/i.test(file.name)) return 'model';
  const bytes = new Uint8Array(await file.slice(0, 16).arrayBuffer());
  const byBytes = kindOfBytes(bytes);
  if (byBytes !== undefined) return byBytes;
  if (file.type.startsWith('image/')) return 'picture';
  return file.type.startsWith('audio/') || file.type.startsWith('video/') ? 'sound' : 'unknown';
}

function kindOfBytes(bytes: Uint8Array): Kind | undefined {
  const [first, second] = bytes;
  const start = ascii(bytes, 0, 4);
  if (first === 0xff && second === 0xd8) return 'picture';
  if (start === '\x89PNG' || start === 'GIF8' || start === 'II*\0' || start === 'MM\0*') return 'picture';
  if (start === 'RIFF') return ascii(bytes, 8, 12) === 'WEBP' ? 'picture' : 'sound';
  if (ascii(bytes, 4, 8) === 'ftyp') return PICTURE_BRANDS.test(ascii(bytes, 8, 12)) ? 'picture' : 'sound';
  if (['FORM', 'fLaC', 'OggS', '\x1aE\xdf\xa3', 'RF64'].includes(start) || start.startsWith('ID3')) return 'sound';
  return first === 0xff && (second & 0xe0) === 0xe0 ? 'sound' : undefined; // MPEG audio's sync word
}

/** Whether the browser has to decode a sound, in a container that our decoders do not read: MP4 (AAC) or WebM. */
export async function needsBrowser(file: Blob): Promise<boolean> {
  const bytes = new Uint8Array(await file.slice(0, 8).arrayBuffer());
  return ascii(bytes, 4, 8) === 'ftyp' || ascii(bytes, 0, 4) === '\x1aE\xdf\xa3';
}
