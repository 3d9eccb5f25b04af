import {
  decodeAudio,
  LMS_FRAMES,
  LMS_SAMPLE_RATE_HZ,
  LMS_SAMPLES,
  logMelSpectrum,
  readWav,
  resample,
  toMono,
  type DecodedAudio,
} from '@cmcgan/audio-features';
import { BrokenFileError } from '../check/broken-file';
import { problemOf } from '../remediable-error';
import { assertLevel } from './assert-level';

/**
 * The log-mel spectrum of a sound file in any format that decodeAudio recognises: Float32Array [128 mels, 44 frames] in dB, row 0 = the
 * lowest mel. Opus, which does not support 44,100 Hz, is resampled.
 * @throws BrokenFileError that names the file if it is not a sound, is damaged, is not sampled at 44,100 Hz or not half a second long
 */
export async function decodeLms(bytes: Uint8Array, name: string): Promise<Float32Array> {
  const { samples, sampleRateHz } = await readSound(bytes, name);
  if (sampleRateHz !== LMS_SAMPLE_RATE_HZ) {
    const message = `openDataset: ${name} must be sampled at ${LMS_SAMPLE_RATE_HZ} Hz, got ${sampleRateHz}`;
    throw new BrokenFileError('wrong rate', name, message);
  }
  // Checked before the spectrum is computed, so that a file of an hour is rejected cheaply.
  const length = samples[0].length;
  if (frameCountOf(length) !== LMS_FRAMES) {
    const message = `openDataset: ${name} must be ${LMS_SAMPLES} samples long (0.5 s), got ${length}`;
    throw new BrokenFileError('wrong length', name, message);
  }
  assertLevel('openDataset', samples, name);
  return computeLms(samples, name);
}

/** Number of frames of a centred spectrum, hop 512. */
const frameCountOf = (length: number) => 1 + Math.floor(length / 512);

function computeLms(samples: Float32Array[], name: string): Float32Array {
  try {
    return logMelSpectrum(toMono(samples)).data;
  } catch (cause) {
    const message = `openDataset: ${name} must hold sound, got: ${problemOf(cause)}`;
    throw new BrokenFileError('unreadable', name, message, { cause });
  }
}

/** Limit on decoded samples, many times half a second: a small lossy file can decode to hours. */
const MOST_SAMPLES = 2 ** 24;

async function readSound(bytes: Uint8Array, name: string): Promise<DecodedAudio> {
  try {
    if (isWav(bytes, name)) return readWav(bytes, { name });
    const sound = await decodeAudio(plain(bytes), { name, maxSamples: MOST_SAMPLES });
    return isOpus(bytes) ? { samples: sound.samples.map(resampled(sound)), sampleRateHz: LMS_SAMPLE_RATE_HZ } : sound;
  } catch (cause) {
    const problem = bytes.length === 0 ? 'empty' : isCutOff(bytes, name, problemOf(cause)) ? 'truncated' : 'unreadable';
    throw new BrokenFileError(problem, name, problemOf(cause), { cause });
  }
}

/** The same bytes as a plain Uint8Array, since a Buffer's slice is not a copy. */
const plain = ({ buffer, byteOffset, byteLength }: Uint8Array) => new Uint8Array(buffer, byteOffset, byteLength);

const resampled =
  ({ sampleRateHz }: DecodedAudio) =>
  (samples: Float32Array) =>
    resample(samples, { fromHz: sampleRateHz, toHz: LMS_SAMPLE_RATE_HZ });

/** Whether a file is WAV by its content, or by its name if the content is of no known format: readWav's errors then say what is wrong. */
function isWav(bytes: Uint8Array, name: string): boolean {
  const start = String.fromCharCode(...bytes.subarray(0, 4));
  if (/^(RIFF|RIFX|RF64|BW64)/.test(start)) return true;
  const isOther = /^(fLaC|OggS|ID3|FORM)/.test(start) || (bytes[0] === 0xff && (bytes[1] & 0xe0) === 0xe0);
  return !isOther && /\.wave?$/i.test(name);
}

/** Whether the first page of an Ogg file starts an Opus stream. */
function isOpus(bytes: Uint8Array): boolean {
  return String.fromCharCode(...bytes.subarray(28, 36)) === 'OpusHead' && String.fromCharCode(...bytes.subarray(0, 4)) === 'OggS';
}

/** Whether the end of a file is missing: a WAV file with some sound in it, or a file that its decoder reports as cut off. */
function isCutOff(bytes: Uint8Array, name: string, reason: string): boolean {
  if (!isWav(bytes, name)) return reason.includes('truncated');
  try {
    readWav(bytes, { truncated: 'accept' });
    return true;
  } catch {
    return false;
  }
}
