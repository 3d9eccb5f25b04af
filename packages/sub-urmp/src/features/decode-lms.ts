import {
  LMS_FRAMES,
  LMS_SAMPLE_RATE_HZ,
  LMS_SAMPLES,
  logMelSpectrum,
  readWav,
  toMono,
  type DecodedAudio,
} from '@cmcgan/audio-features';
import { BrokenFileError } from '../check/broken-file';

/**
 * A WAV file as its log-mel spectrum: Float32Array [128 mels, 44 frames] in dB, row 0 = the lowest mel.
 * @throws BrokenFileError that names the file if it is no WAV, is damaged, is not sampled at 44,100 Hz or not half a second long
 */
export function decodeLms(bytes: Uint8Array, name: string): Float32Array {
  const { samples, sampleRateHz } = readSound(bytes, name);
  if (sampleRateHz !== LMS_SAMPLE_RATE_HZ) {
    const message = `openDataset: ${name} must be sampled at ${LMS_SAMPLE_RATE_HZ} Hz, got ${sampleRateHz}`;
    throw new BrokenFileError('wrong rate', name, message);
  }
  // Judged before the spectrum is computed: an hour of sound under the name of half a second costs nothing.
  const length = samples[0].length;
  if (frameCountOf(length) !== LMS_FRAMES) {
    const message = `openDataset: ${name} must be ${LMS_SAMPLES} samples long (0.5 s), got ${length}`;
    throw new BrokenFileError('wrong length', name, message);
  }
  return computeLms(samples, name);
}

/** Frames of a spectrum that is centred on its first and last sample, hop 512. */
const frameCountOf = (length: number) => 1 + Math.floor(length / 512);

function computeLms(samples: Float32Array[], name: string): Float32Array {
  try {
    return logMelSpectrum(toMono(samples)).data;
  } catch (cause) {
    const message = `openDataset: ${name} must hold sound, got: ${(cause as Error).message}`;
    throw new BrokenFileError('unreadable', name, message, { cause });
  }
}

function readSound(bytes: Uint8Array, name: string): DecodedAudio {
  try {
    return readWav(bytes, { name });
  } catch (cause) {
    const problem = bytes.length === 0 ? 'empty' : isCutOff(bytes) ? 'truncated' : 'unreadable';
    throw new BrokenFileError(problem, name, (cause as Error).message, { cause });
  }
}

/** Whether there is sound in it when its missing end is not minded. */
function isCutOff(bytes: Uint8Array): boolean {
  try {
    readWav(bytes, { truncated: 'accept' });
    return true;
  } catch {
    return false;
  }
}
