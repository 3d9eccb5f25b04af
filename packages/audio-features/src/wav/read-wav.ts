import { assertOptions, type OptionNames } from '../assert-options';
import { bytesOf, nameOf, type AudioBytes } from '../audio-bytes';
import { decodeWavSamples } from './decode-wav-samples';
import { lastDataChunk, parseWavLayout } from './wav-layout';

/**
 * Decoded sound: one Float32Array per channel, all of one length, full scale ±1. Channels come in the order of WAV, whatever the format:
 * L R C LFE Ls Rs for 5.1; see `integratedLoudness` for the others.
 */
export interface DecodedAudio {
  samples: Float32Array[];
  sampleRateHz: number;
}

export interface ReadWavOptions {
  /** What errors call the file. Default `the file`. */
  name?: string;
  /** What to do if the file is shorter than its header declares: `error` (the default), or `accept` what is there. */
  truncated?: 'error' | 'accept';
}

export const READ_WAV_OPTIONS: OptionNames<ReadWavOptions> = { name: 'filename path', truncated: 'strict damaged' };

/**
 * Reads a WAV file: integers of 8 to 64 bits, floats of 32 or 64, A-law and µ-law, any number of channels, plain, extensible, RF64 or
 * big-endian, with or without an ID3 tag before it. Size fields that streaming writers leave (0, 0x7fffffff, 0xffffffff and values
 * close to them) mean the rest of the file; of several data chunks the last non-empty one is read, as in scipy and ffmpeg. Memory is
 * only allocated for samples that are there, whatever the header claims.
 *
 * @param file The whole file.
 * @returns One Float32Array [samples] per channel; integers as fractions of full scale in [-1, 1), floats as stored.
 * @throws RangeError naming the file: not a WAV file, unsupported encoding, truncated, no samples, samples that are not numbers.
 */
export function readWav(file: AudioBytes, options: ReadWavOptions = {}): DecodedAudio {
  assertOptions(options, READ_WAV_OPTIONS, 'readWav');
  const { name = nameOf(file), truncated = 'error' } = options;
  assertPolicy(truncated, 'truncated', 'readWav');
  return decodeWav(bytesOf(file, 'readWav'), truncated, `readWav: ${name}`);
}

/** `readWav` without checking its arguments. @param label The function that was called and the file: `readWav: a.wav`. */
export function decodeWav(bytes: Uint8Array, truncated: 'error' | 'accept', label: string): DecodedAudio {
  const first = parseWavLayout(bytes, label, true);
  if (!first) throw new RangeError(`${label} must hold a fmt and a data chunk, got ${bytes.length} bytes without (truncated?)`);
  const layout = lastDataChunk(bytes, first);
  const available = bytes.length - layout.dataOffset;
  const { dataBytes, streamed, blockBytes, dataOffset } = layout;
  if (dataBytes > available && !streamed && truncated === 'error') {
    throw new RangeError(`${label} must hold the ${dataBytes} bytes of sound its header declares, got ${available} (truncated)`);
  }
  const frameCount = Math.floor(Math.min(dataBytes, available) / blockBytes);
  if (frameCount === 0) throw new RangeError(`${label} must hold at least one sample, got 0`);
  const samples = Array.from({ length: layout.channelCount }, () => new Float32Array(frameCount));
  decodeWavSamples(new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), dataOffset, frameCount, layout, samples);
  if (layout.encoding === 'float') assertWavNumbers(samples, label);
  return { samples, sampleRateHz: layout.sampleRateHz };
}

/** Throws unless the policy is `error` or `accept`. */
export function assertPolicy(policy: unknown, option: string, where: string): void {
  if (policy === 'error' || policy === 'accept') return;
  throw new RangeError(`${where}: ${option} must be 'error' or 'accept', got ${String(policy)}`);
}

/** Throws for float samples that are not numbers; `position` is where the piece begins in the file. */
export function assertWavNumbers(channels: readonly Float32Array[], label: string, position = 0): void {
  const found = findNonNumber(channels, position);
  if (found !== undefined) throw new RangeError(`${label} must hold finite samples, got ${found}`);
}

/** Describes the first sample that is not a number, for an error message. */
export function findNonNumber(channels: readonly Float32Array[], position = 0): string | undefined {
  for (const [channel, samples] of channels.entries()) {
    const bad = samples.findIndex((value) => !Number.isFinite(value));
    if (bad >= 0) return `${samples[bad]} at sample ${position + bad} of channel ${channel}`;
  }
  return undefined;
}
