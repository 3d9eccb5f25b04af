import { crc8 } from '../checksums';

/** The header of one FLAC frame. */
export interface FrameHeader {
  /** Samples of each channel. */
  blockSize: number;
  /** 0 … 7: so many channels and one more; 8 left/side, 9 side/right, 10 mid/side. */
  assignment: number;
  channelCount: number;
  /** 0: as STREAMINFO says. */
  bitDepth: number;
  /** Where the first subframe begins, in bytes. */
  bodyAt: number;
}

const BIT_DEPTHS = [0, 8, 12, undefined, 16, 20, 24, 32];

/** The frame header at `at`; undefined where there is none: no sync code, reserved values, or a wrong checksum. */
export function readFrameHeader(bytes: Uint8Array, at: number): FrameHeader | undefined {
  const [first, second, third, fourth, fifth] = bytes.subarray(at, at + 5);
  if (first !== 0xff || second === undefined || (second & 0xfe) !== 0xf8 || third === undefined || fourth === undefined) return;
  const [sizeCode, rateCode, assignment, depthCode] = [third >> 4, third & 15, fourth >> 4, (fourth >> 1) & 7];
  const bitDepth = BIT_DEPTHS[depthCode];
  if (sizeCode === 0 || rateCode === 15 || assignment > 10 || bitDepth === undefined || (fourth & 1) === 1) return;
  // The frame's number is coded like a letter in UTF-8: ones at the front tell the bytes.
  const ones = Math.clz32(~((fifth ?? 0) << 24));
  if (fifth === undefined || ones === 1 || ones > 7) return;
  let next = at + 4 + Math.max(ones, 1);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const sizeBytes = sizeCode === 6 ? 1 : sizeCode === 7 ? 2 : 0;
  const rateBytes = rateCode === 12 ? 1 : rateCode === 13 || rateCode === 14 ? 2 : 0;
  const checksumAt = next + sizeBytes + rateBytes;
  if (checksumAt >= bytes.length || crc8(bytes, at, checksumAt) !== bytes[checksumAt]) return;
  let blockSize = sizeCode === 1 ? 192 : sizeCode < 6 ? 576 << (sizeCode - 2) : 256 << (sizeCode - 8);
  if (sizeBytes === 1) blockSize = view.getUint8(next) + 1;
  if (sizeBytes === 2) blockSize = view.getUint16(next) + 1;
  next = checksumAt + 1;
  return { blockSize, assignment, channelCount: assignment < 8 ? assignment + 1 : 2, bitDepth, bodyAt: next };
}
