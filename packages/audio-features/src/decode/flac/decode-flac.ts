import type { DecodedFile } from '../compressed-format';
import { createBitReader, type BitReader } from './bit-reader';
import { crc16 } from '../checksums';
import { readFrameHeader, type FrameHeader } from './frame-header';
import { readSubframe } from './read-subframe';
import { readStreamInfo, type StreamInfo } from './stream-info';

/**
 * Decodes a FLAC stream (RFC 9639) of any bit depth; checksums are looked at. A damaged frame is passed over, and said.
 * @param stream from `fLaC` on
 * @param maxSamples all channels together
 * @throws RangeError without a STREAMINFO, or for more than `maxSamples`
 */
export function decodeFlac(stream: Uint8Array, maxSamples: number): DecodedFile {
  const info = readStreamInfo(stream);
  const { sampleRateHz, channelCount, sampleCount } = info;
  const pieces: Float32Array[][] = [];
  let damage: string | undefined;
  let decoded = 0;
  const reader = createBitReader(stream);
  for (let at = nextFrame(stream, info.framesAt, info); at < stream.length;) {
    try {
      const { block, end } = readFrame(stream, reader, at, info);
      pieces.push(block);
      decoded += block[0]!.length;
      at = end;
      if (decoded * channelCount > maxSamples) throw new TooLongError(maxSamples);
      if (decoded === sampleCount) break; // tags may follow
    } catch (error) {
      if (error instanceof TooLongError) throw error;
      damage ??= `frame ${pieces.length}: ${(error as Error).message} (truncated?)`;
      at++;
    }
    at = nextFrame(stream, at, info);
  }
  if (decoded < sampleCount) damage ??= `${decoded} of ${sampleCount} samples (truncated?)`;
  const samples = Array.from({ length: channelCount }, (_, channel) => join(pieces, channel, decoded));
  return { samples, sampleRateHz, damage };
}

class TooLongError extends RangeError {
  constructor(maxSamples: number) {
    super(`more than the ${maxSamples} samples allowed`);
  }
}

/** The next place from `at` on where a frame of this stream's kind begins; the end if there is none. */
function nextFrame(stream: Uint8Array, at: number, { channelCount, bitDepth }: StreamInfo): number {
  for (let start = at; ;) {
    const sync = stream.indexOf(0xff, start);
    if (sync < 0) return stream.length;
    const header = readFrameHeader(stream, sync);
    if (header && header.channelCount === channelCount && [0, bitDepth].includes(header.bitDepth)) return sync;
    start = sync + 1;
  }
}

function readFrame(stream: Uint8Array, reader: BitReader, at: number, { bitDepth }: StreamInfo) {
  const header = readFrameHeader(stream, at) as FrameHeader;
  const { blockSize, assignment, channelCount, bodyAt } = header;
  reader.position = 8 * bodyAt;
  const channels = Array.from({ length: channelCount }, () => new Float64Array(blockSize));
  channels.forEach((samples, channel) => readSubframe(reader, bitDepth + extraBit(assignment, channel), samples));
  reader.assertWithin();
  const checksumAt = Math.ceil(reader.position / 8);
  const found = (stream[checksumAt] ?? 0) * 256 + (stream[checksumAt + 1] ?? 0);
  if (checksumAt + 2 > stream.length || crc16(stream, at, checksumAt) !== found) throw new RangeError('its checksum is wrong');
  separate(channels, assignment);
  const scale = 2 ** (1 - bitDepth);
  const block = channels.map((samples) => Float32Array.from(samples, (value) => value * scale));
  return { block, end: checksumAt + 2 };
}

/** A difference of two channels takes a bit more. */
function extraBit(assignment: number, channel: number): 0 | 1 {
  return (assignment === 9 ? channel === 0 : assignment >= 8 && channel === 1) ? 1 : 0;
}

/** Left/side, side/right, mid/side → left, right, in place. */
function separate([first, second]: Float64Array[], assignment: number): void {
  if (assignment < 8 || !first || !second) return;
  for (let i = 0; i < first.length; i++) {
    const [a, b] = [first[i]!, second[i]!];
    if (assignment === 8) second[i] = a - b;
    else if (assignment === 9) first[i] = a + b;
    else {
      const sum = 2 * a + Math.abs(b % 2); // the mean was rounded down
      first[i] = (sum + b) / 2;
      second[i] = (sum - b) / 2;
    }
  }
}

function join(pieces: readonly Float32Array[][], channel: number, length: number): Float32Array {
  const joined = new Float32Array(length);
  let at = 0;
  for (const piece of pieces) {
    joined.set(piece[channel]!, at);
    at += piece[channel]!.length;
  }
  return joined;
}
