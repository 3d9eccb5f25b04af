import {
  LMS_SAMPLE_RATE_HZ,
  logMelSpectrum,
  MEL_COUNT,
  writeWav,
  type DecibelRange,
  type Playback,
} from '@cmcgan/audio-features';
import { lmsToPixels } from '@cmcgan/image-io';
import { generatedPicture, type GeneratedPicture } from './generated-picture';

/** A sound that a model made, or the half second that it was given. */
export interface GeneratedSound {
  /** Mono, full scale ±1. */
  readonly samples: Float32Array;
  readonly sampleRateHz: number;
  /** How much louder, in dB, the samples are than the model generated them; 0 for the half second that was given. */
  readonly gainDb: number;
  /** Its bytes as a WAV file of 16 bits. */
  wav(): Uint8Array;
  /** Its log-mel spectrum as a picture, 256 pixels high: low pitches at the bottom, 258 pixels per second. */
  spectrogram(): GeneratedPicture;
}

/** Pixels of one value of the spectrum. */
const SCALE = { frames: 3, mels: 2 };

/** Gives samples at 44.1 kHz the methods that encode and show them. The spectrogram's colours span the dB range, whatever the gain. */
export function generatedSound({ samples, gainDb }: Playback, { floorDb, ceilingDb }: DecibelRange): GeneratedSound {
  const sampleRateHz = LMS_SAMPLE_RATE_HZ;
  return {
    samples,
    sampleRateHz,
    gainDb,
    wav: () => writeWav({ samples, sampleRateHz }),
    spectrogram() {
      const { data, frameCount } = logMelSpectrum(samples, { sampleRateHz });
      return generatedPicture(
        lmsToPixels(data, { melCount: MEL_COUNT, frameCount, low: floorDb + gainDb, high: ceilingDb + gainDb, scale: SCALE }),
      );
    },
  };
}
