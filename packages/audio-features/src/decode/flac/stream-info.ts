import { lettersAt } from '../magic';
import { readFrameHeader } from './frame-header';

/** What FLAC's STREAMINFO block says about the whole file. */
export interface StreamInfo {
  sampleRateHz: number;
  channelCount: number;
  bitDepth: number;
  /** Samples per channel; 0 if unknown. */
  sampleCount: number;
  /** MD5 of the encoder's samples, 16 bytes; zeros if unknown. */
  md5: Uint8Array;
  /** Where the first frame begins. */
  framesAt: number;
}

const STREAMINFO = 0;
const STREAMINFO_BYTES = 34;

/**
 * Reads the metadata blocks of a stream that begins with `fLaC`. Without a STREAMINFO, as in a broadcast, the first frame
 * stands for the others.
 * @throws RangeError if there is no frame either, or the file ends within the blocks
 */
export function readStreamInfo(stream: Uint8Array): StreamInfo {
  const { info, framesAt } = lettersAt(stream, 0, 'fLaC') ? readMetadata(stream) : { info: undefined, framesAt: 0 };
  const found = info ?? describeFrame(stream, framesAt);
  if (!found || found.sampleRateHz === 0) throw new RangeError('there is no STREAMINFO with a sample rate');
  return { ...found, framesAt };
}

function readMetadata(stream: Uint8Array): { info: Omit<StreamInfo, 'framesAt'> | undefined; framesAt: number } {
  const view = new DataView(stream.buffer, stream.byteOffset, stream.byteLength);
  let info: Omit<StreamInfo, 'framesAt'> | undefined;
  for (let at = 4; ;) {
    if (at + 4 > stream.length) throw new RangeError('the file ends within its metadata (truncated?)');
    const header = view.getUint32(at);
    const body = at + 4;
    const length = header & 0xffffff;
    if (((header >>> 24) & 127) === STREAMINFO && length >= STREAMINFO_BYTES && body + STREAMINFO_BYTES <= stream.length) {
      const word = view.getUint32(body + 10); // rate 20, channels - 1 3, bits - 1 5, high bits of the count 4
      info ??= {
        sampleRateHz: word >>> 12,
        channelCount: ((word >>> 9) & 7) + 1,
        bitDepth: ((word >>> 4) & 31) + 1,
        sampleCount: (word & 15) * 2 ** 32 + view.getUint32(body + 14),
        md5: stream.slice(body + 18, body + STREAMINFO_BYTES),
      };
    }
    at = body + length;
    if (header >>> 31 === 1) return { info, framesAt: at };
  }
}

function describeFrame(stream: Uint8Array, at: number): Omit<StreamInfo, 'framesAt'> | undefined {
  const header = readFrameHeader(stream, at);
  if (!header || header.bitDepth === 0) return undefined;
  const { sampleRateHz, channelCount, bitDepth } = header;
  return { sampleRateHz, channelCount, bitDepth, sampleCount: 0, md5: new Uint8Array(16) };
}
