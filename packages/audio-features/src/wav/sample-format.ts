/** How samples are stored: integers and unsigned integers as fractions of full scale, floats unchanged, telephone codes (G.711). */
export type SampleEncoding = 'integer' | 'unsigned' | 'float' | 'A-law' | 'µ-law';

/** How a file stores its samples. */
export interface SampleFormat {
  encoding: SampleEncoding;
  channelCount: number;
  sampleRateHz: number;
  /** Bytes per sample of one channel: 1-8 for integers, 4 or 8 for floats, 1 for the others. */
  sampleBytes: number;
  /** Bytes per sample of all channels. */
  blockBytes: number;
  littleEndian: boolean;
}

const FORMAT_EXTENSIBLE = 0xfffe;
const ENCODINGS: Record<number, SampleEncoding> = { 1: 'integer', 3: 'float', 6: 'A-law', 7: 'µ-law' };
/** Codecs that occur in WAV files but are not supported. */
const CODEC_NAMES: Record<number, string> = {
  2: 'ADPCM',
  17: 'IMA ADPCM',
  34: 'TrueSpeech',
  49: 'GSM 6.10',
  80: 'MPEG',
  85: 'MP3',
  255: 'AAC',
  352: 'Windows Media Audio',
  353: 'Windows Media Audio',
  354: 'Windows Media Audio',
  5633: 'AAC',
  8192: 'AC-3',
  8193: 'DTS',
  26447: 'Vorbis',
  61868: 'FLAC',
};

/**
 * Reads a WAV file's fmt chunk.
 * @param label The function that was called and the file: `readWav: a.wav`.
 */
export function parseWavFormat(chunk: DataView, littleEndian: boolean, label: string): SampleFormat {
  if (chunk.byteLength < 16) throw new RangeError(`${label} must have a fmt chunk of at least 16 bytes, got ${chunk.byteLength}`);
  const tag = formatTag(chunk, littleEndian);
  const coded = ENCODINGS[tag];
  if (!coded) {
    throw new RangeError(`${label} must hold integer or float PCM, got ${CODEC_NAMES[tag] ?? `format ${tag}`}`);
  }
  const channelCount = chunk.getUint16(2, littleEndian);
  const sampleRateHz = chunk.getUint32(4, littleEndian);
  const blockBytes = chunk.getUint16(12, littleEndian);
  const bitDepth = chunk.getUint16(14, littleEndian);
  if (channelCount === 0) throw new RangeError(`${label} must have at least one channel, got 0`);
  if (sampleRateHz === 0) throw new RangeError(`${label} must have a positive sample rate, got 0 Hz`);
  const sampleBytes = blockBytes / channelCount;
  const allowed = coded === 'integer' ? [1, 2, 3, 4, 5, 6, 7, 8] : coded === 'float' ? [4, 8] : [1];
  if (!allowed.includes(sampleBytes) || bitDepth > sampleBytes * 8 || bitDepth === 0) {
    const found = `${bitDepth} bits in blocks of ${blockBytes} bytes for ${channelCount} channels`;
    throw new RangeError(`${label} must hold ${coded} samples of ${allowed.join(', ')} bytes, got ${found}`);
  }
  const encoding = coded === 'integer' && sampleBytes === 1 ? 'unsigned' : coded;
  return { encoding, channelCount, sampleRateHz, sampleBytes, blockBytes, littleEndian };
}

/** The codec's number. In the extensible format it is the first part of a GUID, which some writers of RIFX store little-endian. */
function formatTag(chunk: DataView, littleEndian: boolean): number {
  const tag = chunk.getUint16(0, littleEndian);
  if (tag !== FORMAT_EXTENSIBLE || chunk.byteLength < 28) return tag;
  const subformat = chunk.getUint32(24, littleEndian);
  return subformat > 0xffff ? chunk.getUint32(24, !littleEndian) : subformat;
}
