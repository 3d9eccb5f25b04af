import { afterId3, lettersAt, withDecoder } from './compressed-format';
import type { CompressedFormat } from './compressed-format';

/** Encoder delay and padding are left out as the LAME tag tells. */
export const MP3: CompressedFormat = {
  name: 'MP3',
  recognises: (bytes) => lettersAt(bytes, 0, 'ID3') || readFrameHeader(bytes, 0) !== undefined,
  async decode(bytes) {
    const { MPEGDecoder } = await import('mpg123-decoder');
    const start = afterId3(bytes);
    const header = readFrameHeader(bytes, start);
    const file = await withDecoder(new MPEGDecoder(), (decoder) => decoder.decode(bytes));
    const samples = header?.mono ? file.samples.slice(0, 1) : file.samples; // the decoder makes two of one channel
    const decoded = samples[0]?.length ?? 0;
    const declared = header ? declaredSamples(bytes, start, header) : 0;
    const missing = decoded < declared ? `${decoded} of ${declared} samples (truncated?)` : undefined;
    return { ...file, samples, damage: file.damage ?? missing };
  },
};

interface FrameHeader {
  mono: boolean;
  samplesPerFrame: number;
  /** Bytes between the header and the place of a Xing tag. */
  sideBytes: number;
}

/** The MPEG audio frame header at `offset`, `undefined` where there is none. */
function readFrameHeader(bytes: Uint8Array, offset: number): FrameHeader | undefined {
  const [first, second, third, fourth] = bytes.subarray(offset, offset + 4);
  if (first !== 0xff || second === undefined || third === undefined || fourth === undefined) return undefined;
  const version = (second >> 3) & 3; // 0: MPEG 2.5, 2: MPEG 2, 3: MPEG 1
  const layer = 4 - ((second >> 1) & 3);
  const isFrame = (second & 0xe0) === 0xe0 && version !== 1 && layer !== 4 && third >> 4 !== 15 && (third & 12) !== 12;
  if (!isFrame) return undefined;
  const mono = fourth >> 6 === 3;
  const isMpeg1 = version === 3;
  const samplesPerFrame = layer === 1 ? 384 : layer === 3 && !isMpeg1 ? 576 : 1152;
  return { mono, samplesPerFrame, sideBytes: isMpeg1 ? (mono ? 17 : 32) : mono ? 9 : 17 };
}

/** Samples the Xing/Info tag with its LAME part promises; 0 without one. */
function declaredSamples(bytes: Uint8Array, start: number, { samplesPerFrame, sideBytes }: FrameHeader): number {
  const tag = start + 4 + sideBytes;
  if (!lettersAt(bytes, tag, 'Xing') && !lettersAt(bytes, tag, 'Info')) return 0;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (tag + 12 > bytes.length) return 0;
  const flags = view.getUint32(tag + 4);
  if ((flags & 1) === 0) return 0;
  const frames = view.getUint32(tag + 8);
  const lame = tag + 8 + (flags & 1 ? 4 : 0) + (flags & 2 ? 4 : 0) + (flags & 4 ? 100 : 0) + (flags & 8 ? 4 : 0);
  if (lame + 24 > bytes.length || !lettersAt(bytes, lame, 'LAME')) return 0;
  const delays = (bytes[lame + 21]! << 16) | (bytes[lame + 22]! << 8) | bytes[lame + 23]!;
  return frames * samplesPerFrame - (delays >> 12) - (delays & 0xfff);
}
