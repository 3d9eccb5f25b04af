/** How a WAV file stores its samples, and where. */
export interface WavLayout {
  encoding: 'integer' | 'float';
  channelCount: number;
  sampleRateHz: number;
  /** Bytes one sample of one channel takes: 1-4 for integers, 4 or 8 for floats. */
  sampleBytes: number;
  /** Bytes of one sample of all channels. */
  blockBytes: number;
  littleEndian: boolean;
  /** Where the first sample lies in the file. */
  dataOffset: number;
  /** Bytes of sound the header declares; `undefined` where a writer did not know (a stream) and the file's end is the sound's. */
  dataBytes: number | undefined;
}

const FORMAT_PCM = 1;
const FORMAT_FLOAT = 3;
const FORMAT_EXTENSIBLE = 0xfffe;
const FORMAT_NAMES: Record<number, string> = { 2: 'ADPCM', 6: 'A-law', 7: 'µ-law', 17: 'IMA ADPCM', 80: 'MPEG', 85: 'MP3' };
/** What writers that cannot seek put for the size of the sound. */
const STREAM_SIZES = [0xffffffff, 0x7fffffff, 0x7ffff000];

/**
 * Reads the header of a WAV file (RIFF, RIFX, RF64, BW64).
 *
 * @param bytes The file or its beginning.
 * @param name What errors call the file.
 * @returns `undefined` when the beginning ends before the sound does begin: more bytes are needed.
 */
export function parseWavLayout(bytes: Uint8Array, name: string): WavLayout | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length === 0) throw new RangeError(`readWav: ${name} must be a WAV file, got an empty file`);
  const magic = fourLetters(view, 0);
  const isRiff = ['RIFF', 'RIFX', 'RF64', 'BW64'].includes(magic) && (bytes.length < 12 || fourLetters(view, 8) === 'WAVE');
  if (!isRiff) {
    throw new RangeError(`readWav: ${name} must be a WAV file, starting with RIFF….WAVE, got ${beginning(bytes)}`);
  }
  const littleEndian = magic !== 'RIFX';
  let format: Omit<WavLayout, 'dataOffset' | 'dataBytes'> | undefined;
  let data: Pick<WavLayout, 'dataOffset' | 'dataBytes'> | undefined;
  let longDataBytes: number | undefined;
  for (let offset = 12; offset + 8 <= view.byteLength;) {
    const id = fourLetters(view, offset);
    const size = view.getUint32(offset + 4, littleEndian);
    const body = offset + 8;
    if (id === 'ds64' && body + 16 <= view.byteLength) longDataBytes = Number(view.getBigUint64(body + 8, littleEndian));
    if (id === 'fmt ') {
      if (body + Math.min(size, 40) > view.byteLength) break;
      format = parseFormat(new DataView(view.buffer, view.byteOffset + body, size > 40 ? 40 : size), littleEndian, name);
    }
    let next = size;
    if (id === 'data') {
      const declared = STREAM_SIZES.includes(size) ? longDataBytes : size;
      data ??= { dataOffset: body, dataBytes: declared };
      next = declared ?? Infinity;
    }
    if (format && data) return { ...format, ...data };
    offset = body + next + (next % 2);
  }
  return undefined;
}

function parseFormat(chunk: DataView, littleEndian: boolean, name: string): Omit<WavLayout, 'dataOffset' | 'dataBytes'> {
  if (chunk.byteLength < 16)
    throw new RangeError(`readWav: ${name} must have a fmt chunk of at least 16 bytes, got ${chunk.byteLength}`);
  let tag = chunk.getUint16(0, littleEndian);
  if (tag === FORMAT_EXTENSIBLE && chunk.byteLength >= 26) tag = chunk.getUint16(24, littleEndian);
  const channelCount = chunk.getUint16(2, littleEndian);
  const sampleRateHz = chunk.getUint32(4, littleEndian);
  const blockBytes = chunk.getUint16(12, littleEndian);
  const bitDepth = chunk.getUint16(14, littleEndian);
  if (tag !== FORMAT_PCM && tag !== FORMAT_FLOAT) {
    const found = FORMAT_NAMES[tag] ?? `format ${tag}`;
    throw new RangeError(`readWav: ${name} must hold integer or float PCM, got ${found}`);
  }
  if (channelCount === 0) throw new RangeError(`readWav: ${name} must have at least one channel, got 0`);
  if (sampleRateHz === 0) throw new RangeError(`readWav: ${name} must have a positive sample rate, got 0 Hz`);
  const sampleBytes = blockBytes / channelCount;
  const encoding = tag === FORMAT_FLOAT ? 'float' : 'integer';
  const allowed = encoding === 'float' ? [4, 8] : [1, 2, 3, 4];
  if (!allowed.includes(sampleBytes) || bitDepth > sampleBytes * 8 || bitDepth === 0) {
    const found = `${bitDepth} bits in blocks of ${blockBytes} bytes for ${channelCount} channels`;
    throw new RangeError(`readWav: ${name} must hold ${encoding} samples of ${allowed.join(', ')} bytes, got ${found}`);
  }
  return { encoding, channelCount, sampleRateHz, sampleBytes, blockBytes, littleEndian };
}

function fourLetters(view: DataView, offset: number): string {
  if (offset + 4 > view.byteLength) return '';
  return String.fromCharCode(...[0, 1, 2, 3].map((i) => view.getUint8(offset + i)));
}

/** The first bytes as a person would name them: as text if they are text. */
function beginning(bytes: Uint8Array): string {
  const head = [...bytes.subarray(0, 16)];
  const isText = head.every((byte) => (byte >= 32 && byte < 127) || byte === 9 || byte === 10 || byte === 13);
  if (isText) return `the text ${JSON.stringify(String.fromCharCode(...head))}`;
  return `bytes ${head.map((byte) => byte.toString(16).padStart(2, '0')).join(' ')}`;
}
