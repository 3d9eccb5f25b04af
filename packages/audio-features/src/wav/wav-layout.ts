import { afterId3, describeBytes, fourLetters } from '../decode/magic';
import { parseWavFormat, type SampleFormat } from './sample-format';

/** How a WAV file stores its samples, and where. */
export interface WavLayout extends SampleFormat {
  /** Where the first sample lies in the file. */
  dataOffset: number;
  /** Bytes of sound that the header declares; Infinity if unknown, so that the sound lasts until the end of the file. */
  dataBytes: number;
  /** Whether the size is a placeholder of a writer that could not seek back: a file that ends before it is whole. */
  streamed: boolean;
}

const MAGICS = ['RIFF', 'RIFX', 'RF64', 'BW64'];
/** How many bytes of a fmt chunk are read. */
const FORMAT_BYTES = 40;
const UNKNOWN = 0xffff_ffff;

/** Whether the bytes begin like a WAV file (with all or some of its signature), possibly after an ID3 tag. */
export function startsWav(bytes: Uint8Array): boolean {
  const start = afterId3(bytes);
  return MAGICS.includes(fourLetters(bytes, start)) && 'WAVE'.startsWith(fourLetters(bytes, start + 8));
}

/**
 * Reads the header of a WAV file (RIFF, RIFX, RF64, BW64) up to the first data chunk that is not empty.
 *
 * @param bytes The file or its beginning.
 * @param label The function that was called and the file: `readWav: a.wav`.
 * @param isWhole Whether no more bytes will come.
 * @returns `undefined` if the bytes end before the sound begins.
 */
export function parseWavLayout(bytes: Uint8Array, label: string, isWhole: boolean): WavLayout | undefined {
  const header = readRiffHeader(bytes, label);
  if (!header) return undefined;
  const { view, start, littleEndian } = header;
  let format: SampleFormat | undefined;
  let data: Omit<WavLayout, keyof SampleFormat> | undefined;
  let longBytes = 0;
  for (const { id, size, body } of walkChunks(bytes, start + 12, littleEndian)) {
    if (id === 'ds64' && body + 16 <= bytes.length) longBytes = Number(view.getBigUint64(body + 8, littleEndian));
    if (id === 'fmt ') {
      const length = Math.min(size, FORMAT_BYTES);
      if (body + length > bytes.length) return undefined;
      format = parseWavFormat(new DataView(view.buffer, view.byteOffset + body, length), littleEndian, label);
    }
    if (id === 'data' && !(data && data.dataBytes > 0)) {
      if (size === 0 && body + 4 > bytes.length && !isWhole) return undefined;
      data = { dataOffset: body, ...sizeOfSound(header, { size, body, longBytes }) };
    }
    if (format && data && data.dataBytes > 0) return { ...format, ...data };
  }
  return format && data && isWhole ? { ...format, ...data } : undefined;
}

/**
 * The layout with the last of several data chunks, as scipy and ffmpeg read such files; `layout` itself if there is only one.
 * @param bytes The whole file.
 */
export function lastDataChunk(bytes: Uint8Array, layout: WavLayout): WavLayout {
  if (layout.streamed) return layout;
  let last = layout;
  const { dataOffset, dataBytes, littleEndian } = layout;
  for (const { id, size, body } of walkChunks(bytes, dataOffset + dataBytes + (dataBytes % 2), littleEndian)) {
    if (id === 'data' && size > 0) last = { ...layout, dataOffset: body, dataBytes: size, streamed: isStreamSize(size) };
  }
  return last;
}

interface RiffHeader {
  bytes: Uint8Array;
  view: DataView;
  /** Where the four letters begin. */
  start: number;
  littleEndian: boolean;
}

function readRiffHeader(bytes: Uint8Array, label: string): RiffHeader | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length === 0) throw new RangeError(`${label} must be a WAV file, got an empty file`);
  const start = afterId3(bytes);
  if (start > 0 && start + 4 > bytes.length) return undefined;
  const magic = fourLetters(bytes, start);
  const isWave = bytes.length < start + 12 || fourLetters(bytes, start + 8) === 'WAVE';
  if (!MAGICS.includes(magic) || !isWave) {
    throw new RangeError(`${label} must be a WAV file, starting with RIFF….WAVE, got ${describeBytes(bytes)}`);
  }
  return { bytes, view, start, littleEndian: magic !== 'RIFX' };
}

/** The chunks from `offset` on, as far as they begin within `bytes`; each is padded to an even length. */
function* walkChunks(bytes: Uint8Array, offset: number, littleEndian: boolean) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = offset; at + 8 <= bytes.length;) {
    const size = view.getUint32(at + 4, littleEndian);
    yield { id: fourLetters(bytes, at), size, body: at + 8 };
    at += 8 + size + (size % 2);
  }
}

/** Bytes of sound after a data chunk's header. @param longBytes the size in a ds64 chunk, 0 without one */
function sizeOfSound(header: RiffHeader, chunk: { size: number; body: number; longBytes: number }) {
  const { size, body, longBytes } = chunk;
  if (size === UNKNOWN) {
    const known = longBytes > 0 && longBytes <= Number.MAX_SAFE_INTEGER;
    return { dataBytes: known ? longBytes : Infinity, streamed: !known };
  }
  if (size === 0 && !isEmptyChunk(header, body)) return { dataBytes: Infinity, streamed: true };
  return { dataBytes: size, streamed: isStreamSize(size) };
}

/** Whether a data chunk of size 0 is really empty: by the RIFF header's size more follows, and that looks like a chunk. */
function isEmptyChunk({ bytes, view, start, littleEndian }: RiffHeader, body: number): boolean {
  const riffBytes = view.getUint32(start + 4, littleEndian);
  if (isStreamSize(riffBytes) || start + 8 + riffBytes <= body) return body >= bytes.length;
  return /^[\x20-\x7e]*$/.test(fourLetters(bytes, body));
}

/**
 * Whether a size is a placeholder: 2³¹ or 2³², or one less, also rounded down to whole blocks or reduced by the length of
 * the header (0x7fffffdb, 0x7ffff000, 0x80000000, 0xffffffdb …).
 */
export function isStreamSize(size: number): boolean {
  const below = 2 ** 32 - size;
  return Math.abs(size - 2 ** 31) <= 2 ** 16 || below <= 9 || (below >= 37 && below <= 2 ** 16);
}
