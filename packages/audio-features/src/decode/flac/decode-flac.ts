import { assertWithinLimit, BrokenRuleError, joinSamples, TooLongError } from '../compressed-format';
import type { DecodedFile, DecodeLimits } from '../compressed-format';
import { createBitReader, type BitReader } from './bit-reader';
import { crc16 } from '../checksums';
import { createSampleDigest } from './sample-digest';
import { createFrameCounter } from './frame-counter';
import { readFrameHeader, type FrameHeader } from './frame-header';
import { readSubframe } from './read-subframe';
import { readStreamInfo, type StreamInfo } from './stream-info';

/**
 * Decodes a FLAC stream (RFC 9639) of any bit depth. Damaged frames are skipped and reported; missing or misplaced frames are reported,
 * as are samples that do not match the MD5 in the stream.
 * @param stream from `fLaC` on
 * @throws BrokenRuleError if the sample rate, channel count or bit depth changes within the stream; RangeError if it declares none,
 *   or for more than `maxSamples`
 */
export function decodeFlac(stream: Uint8Array, limits: DecodeLimits): DecodedFile {
  const info = readStreamInfo(stream);
  const { sampleRateHz, channelCount, sampleCount, bitDepth } = info;
  const pieces: Float32Array[][] = [];
  const digest = createSampleDigest(info);
  const counter = createFrameCounter();
  const scale = 2 ** (1 - bitDepth);
  let damage: string | undefined;
  let decoded = 0;
  const reader = createBitReader(stream);
  for (let at = nextFrame(stream, info.framesAt); at < stream.length;) {
    try {
      const { header, channels, end } = readFrame(stream, reader, at, info);
      assertSameFormat(header, info, { frame: pieces.length, sample: decoded });
      digest.update(channels);
      damage ??= counter.check(header);
      pieces.push(channels.map((samples) => Float32Array.from(samples, (value) => value * scale)));
      decoded += header.blockSize;
      at = end;
      assertWithinLimit(decoded * channelCount, limits);
      if (decoded === sampleCount && digest.agrees() !== false) break; // tags may follow
    } catch (error) {
      if (error instanceof TooLongError || error instanceof BrokenRuleError) throw error;
      damage ??= `frame ${pieces.length}: ${(error as Error).message} (truncated?)`;
      at++;
    }
    at = nextFrame(stream, at);
  }
  if (decoded < sampleCount) damage ??= `${decoded} of ${sampleCount} samples (truncated?)`;
  const agrees = digest.agrees();
  if (agrees === false) damage ??= 'samples that do not match the MD5 of the file';
  const samples = Array.from({ length: channelCount }, (_, channel) => joinSamples(pieces.map((piece) => piece[channel]!)));
  return { samples, sampleRateHz, damage: agrees === true ? undefined : damage };
}

/** Where the next frame from `at` on begins; the end if there is none. */
function nextFrame(stream: Uint8Array, at: number): number {
  for (let start = at; ;) {
    const sync = stream.indexOf(0xff, start);
    if (sync < 0) return stream.length;
    if (readFrameHeader(stream, sync)) return sync;
    start = sync + 1;
  }
}

/** Reads a frame: integers [blockSize] for each channel. */
function readFrame(stream: Uint8Array, reader: BitReader, at: number, info: StreamInfo) {
  const header = readFrameHeader(stream, at) as FrameHeader;
  const { blockSize, assignment, channelCount, bodyAt } = header;
  const bitDepth = header.bitDepth || info.bitDepth;
  reader.position = 8 * bodyAt;
  const channels = Array.from({ length: channelCount }, () => new Float64Array(blockSize));
  channels.forEach((samples, channel) => readSubframe(reader, bitDepth + extraBit(assignment, channel), samples));
  reader.assertWithin();
  const checksumAt = Math.ceil(reader.position / 8);
  const found = (stream[checksumAt] ?? 0) * 256 + (stream[checksumAt + 1] ?? 0);
  if (checksumAt + 2 > stream.length || crc16(stream, at, checksumAt) !== found) throw new RangeError('its checksum is wrong');
  separate(channels, assignment);
  return { header, channels, end: checksumAt + 2 };
}

/** Refuses an intact frame in another format than the file's: its sound cannot be appended to the rest. */
function assertSameFormat(header: FrameHeader, info: StreamInfo, { frame, sample }: { frame: number; sample: number }): void {
  const before = frame === 0 ? 'in STREAMINFO' : 'before';
  const refuse = (what: string, found: string, expected: string) => {
    const where = `from frame ${frame} (sample ${sample}) on, ${expected} ${before}`;
    throw new BrokenRuleError(`must keep its ${what} throughout, got ${found} ${where}`);
  };
  const { sampleRateHz, bitDepth, channelCount } = header;
  if (sampleRateHz !== 0 && sampleRateHz !== info.sampleRateHz) {
    refuse('sample rate', `${sampleRateHz} Hz`, `${info.sampleRateHz} Hz`);
  }
  if (channelCount !== info.channelCount) refuse('channel count', `${channelCount} channels`, `${info.channelCount}`);
  if (bitDepth !== 0 && bitDepth !== info.bitDepth) refuse('bit depth', `${bitDepth} bits`, `${info.bitDepth}`);
}

/** The difference of two channels takes one more bit. */
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
