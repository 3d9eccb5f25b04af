import { assertArgument } from '../assert-argument';
import { assertOptions, type OptionNames } from '../assert-options';
import { nameOf, readBytes, type AudioFile } from '../audio-bytes';
import { assertPolicy, decodeWav } from '../wav/read-wav';
import type { DecodedAudio } from '../wav/read-wav';
import { startsWav } from '../wav/wav-layout';
import { AIFF } from './aiff';
import { BrokenRuleError } from './compressed-format';
import type { CompressedFormat, DecodedFile } from './compressed-format';
import { FLAC } from './flac';
import { keepAlive } from './keep-alive';
import { MP3 } from './mp3';
import { OGG } from './ogg';
import { describeBytes } from './magic';
import { nameOther } from './other-formats';

/** The formats that are recognised by their first bytes. MP3 has no reliable signature, so it is tried last. */
const FORMATS: readonly CompressedFormat[] = [AIFF, FLAC, OGG];

export interface DecodeAudioOptions {
  /** What errors call the file. Default: the name of a `File`, else `the file`. */
  name?: string;
  /** What to do with a truncated or partly broken file: `error` (the default), or `accept` what can be decoded. */
  damaged?: 'error' | 'accept';
  /**
   * Maximum number of decoded samples, all channels together: a compressed file can hold hours of silence in a few bytes. Default 2^29,
   * which is 2 GiB, or an hour and a half of stereo at 48 kHz.
   */
  maxSamples?: number;
}

const DECODE_AUDIO_OPTIONS: OptionNames<DecodeAudioOptions> = {
  name: 'filename path',
  damaged: 'strict truncated',
  maxSamples: 'limit',
};

/**
 * Decodes WAV, AIFF, FLAC, MP3 (and layers I and II), Ogg Vorbis, Ogg Opus or Ogg FLAC, told apart by their content. A decoder is loaded
 * for the first file of its format. What encoders add around the sound (MP3 delay and padding, Opus pre-skip) is removed; the
 * links of a chained Ogg file follow one another. A FLAC's MD5 is checked.
 *
 * @param file The whole file, in memory or as a Blob, File or Response.
 * @returns One Float32Array [samples] per channel, full scale ±1 (lossy formats may overshoot), and the rate: 48 kHz for Opus. Channels
 *   come in the order of WAV whatever the format: L R C LFE Ls Rs for 5.1. (More than eight, ambisonics and AIFF: as in the file.)
 * @throws RangeError naming the file: unknown format, truncated or damaged, no samples; even if damage is accepted, a sample rate, bit
 *   depth or channel count that changes within the file (but an MP3 that switches between mono and stereo becomes stereo).
 */
export async function decodeAudio(file: AudioFile, options: DecodeAudioOptions = {}): Promise<DecodedAudio> {
  assertOptions(options, DECODE_AUDIO_OPTIONS, 'decodeAudio');
  const { name = nameOf(file), damaged = 'error', maxSamples = 2 ** 29 } = options;
  assertPolicy(damaged, 'damaged', 'decodeAudio');
  assertArgument(maxSamples > 0, 'decodeAudio', 'maxSamples must be positive', maxSamples);
  const label = `decodeAudio: ${name}`;
  const bytes = await readBytes(file, 'decodeAudio');
  if (startsWav(bytes)) return decodeWav(bytes, damaged, label);
  const format = formatOf(bytes, label);
  const { samples, sampleRateHz, damage } = await decodeWith(format, { bytes, maxSamples, label });
  if (damage !== undefined && damaged === 'error')
    throw new RangeError(`${label} must be a whole ${format.name} file, got ${damage}`);
  const count = samples[0]?.length ?? 0;
  if (count * samples.length > maxSamples) {
    throw new RangeError(`${label} must hold at most ${maxSamples} samples, got ${count * samples.length}`);
  }
  if (count === 0) throw new RangeError(`${label} must hold at least one sample, got 0 (${format.name})`);
  return { samples, sampleRateHz };
}

/** Detects the format from the first bytes; a file that begins like something else may contain an MP3, but is not one. */
function formatOf(bytes: Uint8Array, label: string): CompressedFormat {
  const format = FORMATS.find(({ recognises }) => recognises(bytes));
  if (format) return format;
  const other = nameOther(bytes);
  if (other === undefined && MP3.recognises(bytes)) return MP3;
  throw new RangeError(`${label} must be WAV, AIFF, FLAC, Ogg Vorbis, Ogg Opus or MP3, got ${other ?? describeBytes(bytes)}`);
}

interface Decoding {
  bytes: Uint8Array;
  maxSamples: number;
  /** The beginning of error messages. */
  label: string;
}

async function decodeWith(format: CompressedFormat, { bytes, maxSamples, label }: Decoding): Promise<DecodedFile> {
  try {
    return await keepAlive(() => format.decode(bytes, { maxSamples }));
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    if (error instanceof BrokenRuleError) throw new RangeError(`${label} ${message}`, { cause: error });
    throw new RangeError(`${label} must be sound ${format.name} decoders can read, got "${message}"`, { cause: error });
  }
}
