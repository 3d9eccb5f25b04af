import { crc8 } from '../checksums';

/** The header of one FLAC frame. */
export interface FrameHeader {
  /** Samples per channel. */
  blockSize: number;
  /** 0 … 7: one less than the channel count; 8 left/side, 9 side/right, 10 mid/side. */
  assignment: number;
  channelCount: number;
  /** 0: as in STREAMINFO. */
  bitDepth: number;
  /** 0: as in STREAMINFO. */
  sampleRateHz: number;
  /** Whether `number` counts samples; else it counts frames. */
  countsSamples: boolean;
  /** The number of the frame, or of its first sample. */
  number: number;
  /** Where the first subframe begins, in bytes. */
  bodyAt: number;
}

const BIT_DEPTHS = [0, 8, 12, undefined, 16, 20, 24, 32];
const RATES_HZ = [0, 88200, 176400, 192000, 8000, 16000, 22050, 24000, 32000, 44100, 48000, 96000];
/** Bytes at the header's end that hold a sample rate, and its unit, by code. */
const STORED_RATES: Record<number, [bytes: 1 | 2, unitHz: number]> = { 12: [1, 1000], 13: [2, 1], 14: [2, 10] };

/** The frame header at `at`; undefined if there is none: no sync code, reserved values, or a wrong checksum. */
export function readFrameHeader(bytes: Uint8Array, at: number): FrameHeader | undefined {
  const [first, second, third, fourth, fifth] = bytes.subarray(at, at + 5);
  if (first !== 0xff || second === undefined || (second & 0xfe) !== 0xf8 || third === undefined || fourth === undefined) return;
  const [sizeCode, rateCode, assignment, depthCode] = [third >> 4, third & 15, fourth >> 4, (fourth >> 1) & 7];
  const bitDepth = BIT_DEPTHS[depthCode];
  if (sizeCode === 0 || rateCode === 15 || assignment > 10 || bitDepth === undefined || (fourth & 1) === 1) return;
  // The frame's number is coded like a character in UTF-8: the leading ones give the number of bytes.
  const ones = Math.clz32(~((fifth ?? 0) << 24));
  if (fifth === undefined || ones === 1 || ones > 7) return;
  const sizeAt = at + 4 + Math.max(ones, 1);
  const sizeBytes = sizeCode === 6 ? 1 : sizeCode === 7 ? 2 : 0;
  const [rateBytes, unitHz] = STORED_RATES[rateCode] ?? [0, 0];
  const checksumAt = sizeAt + sizeBytes + rateBytes;
  if (checksumAt >= bytes.length || crc8(bytes, at, checksumAt) !== bytes[checksumAt]) return;
  let number = ones === 0 ? fifth : fifth & (0x7f >> ones);
  for (let i = at + 5; i < sizeAt; i++) number = number * 64 + (bytes[i]! & 63);
  let blockSize = sizeCode === 1 ? 192 : sizeCode < 6 ? 576 << (sizeCode - 2) : 256 << (sizeCode - 8);
  if (sizeBytes > 0) blockSize = bigEndian(bytes, sizeAt, sizeBytes) + 1;
  return {
    blockSize,
    assignment,
    channelCount: assignment < 8 ? assignment + 1 : 2,
    bitDepth,
    sampleRateHz: RATES_HZ[rateCode] ?? bigEndian(bytes, sizeAt + sizeBytes, rateBytes) * unitHz,
    countsSamples: (second & 1) === 1,
    number,
    bodyAt: checksumAt + 1,
  };
}

function bigEndian(bytes: Uint8Array, at: number, count: number): number {
  let value = 0;
  for (let i = at; i < at + count; i++) value = value * 256 + bytes[i]!;
  return value;
}
