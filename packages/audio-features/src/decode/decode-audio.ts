import { readWav } from '../wav/read-wav';
import type { DecodedAudio } from '../wav/read-wav';
import { lettersAt } from './compressed-format';
import type { CompressedFormat } from './compressed-format';
import { FLAC } from './flac';
import { keepAlive } from './keep-alive';
import { MP3 } from './mp3';
import { OPUS, VORBIS } from './ogg';

/** In the order they are asked: MP3 has no magic number worth the name and comes last. */
const COMPRESSED_FORMATS: readonly CompressedFormat[] = [FLAC, VORBIS, OPUS, MP3];

const WAV_MAGICS = ['RIFF', 'RIFX', 'RF64', 'BW64'];

export interface DecodeAudioOptions {
  /** What errors call the file. Default `the file`. */
  name?: string;
  /** What to do with a file that is truncated or broken in part: `error` (the default), or `accept` what could be decoded. */
  damaged?: 'error' | 'accept';
  /**
   * Samples, all channels together, that a compressed file may unpack to: it can hold hours of silence in a few bytes. Default 2^29,
   * 2 GiB: an hour and a half of stereo at 48 kHz.
   */
  maxSamples?: number;
}

/**
 * Decodes WAV, FLAC, MP3, Ogg Vorbis or Ogg Opus, told apart by their content. A decoder is loaded when the first file of its format
 * is met. What encoders put around the sound (MP3 delay and padding, Opus pre-skip) is left out.
 *
 * @param bytes The whole file.
 * @returns One Float32Array [samples] per channel, full scale ±1 (lossy formats may overshoot), and the rate: 48 kHz for Opus.
 * @throws RangeError naming the file: unknown format, truncated or damaged, no samples.
 */
export async function decodeAudio(
  bytes: Uint8Array,
  { name = 'the file', damaged = 'error', maxSamples = 2 ** 29 }: DecodeAudioOptions = {},
): Promise<DecodedAudio> {
  if (WAV_MAGICS.some((magic) => lettersAt(bytes, 0, magic))) return readWav(bytes, { name, truncated: damaged });
  const format = COMPRESSED_FORMATS.find(({ recognises }) => recognises(bytes));
  if (!format) {
    const found = bytes.length === 0 ? 'an empty file' : `first bytes ${[...bytes.subarray(0, 12)].map(hex).join(' ')}`;
    throw new RangeError(
      `decodeAudio: ${name} must be WAV, ${COMPRESSED_FORMATS.map((each) => each.name).join(', ')}, got ${found}`,
    );
  }
  const { samples, sampleRateHz, damage } = await keepAlive(() => format.decode(bytes, { maxSamples })).catch(
    (error: unknown) => {
      throw new RangeError(`decodeAudio: ${name} must be sound ${format.name} decoders can read, got "${messageOf(error)}"`);
    },
  );
  if (damage !== undefined && damaged === 'error') {
    throw new RangeError(`decodeAudio: ${name} must be a whole ${format.name} file, got ${damage}`);
  }
  const count = samples[0]?.length ?? 0;
  if (count * samples.length > maxSamples) {
    throw new RangeError(`decodeAudio: ${name} must hold at most ${maxSamples} samples, got ${count * samples.length}`);
  }
  if (count === 0) throw new RangeError(`decodeAudio: ${name} must hold at least one sample, got 0 (${format.name})`);
  return { samples, sampleRateHz };
}

const hex = (byte: number) => byte.toString(16).padStart(2, '0');

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));
