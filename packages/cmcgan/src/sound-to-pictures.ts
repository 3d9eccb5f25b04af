import { LMS_SAMPLE_RATE_HZ, waveformToSound } from '@cmcgan/audio-features';
import type { Core } from './core';
import type { GenerationRequest } from './generate-samples';
import { halfSecondAt } from './inputs/half-seconds';
import type { Recording } from './inputs/sound-input';
import { pictureOfImage, type GeneratedPicture } from './outputs/generated-picture';

/** A picture of one half second of a recording. */
export interface PictureAtTime extends GeneratedPicture {
  /** Where the half second begins. */
  readonly startSeconds: number;
}

/** The spectra [128, 32] of half seconds of a recording, which begin at these samples. @throws if all of them are silent */
export function spectraAt({ name, samples }: Recording, starts: readonly number[], { decibelRange }: Core): Float32Array[] {
  const spectra = starts.map((start) => waveformToSound(halfSecondAt(samples, start), decibelRange));
  if (spectra.some((spectrum) => spectrum.some((value) => value > -1))) return spectra;
  const { floorDb } = decibelRange;
  throw new Error(`${name} must be audible, but all of its spectrum lies below ${floorDb} dB, the model's silence`);
}

/** Generates a picture of each half second that begins at one of these samples, all with the same latents. */
export async function soundToPictures(
  recording: Recording,
  starts: readonly number[],
  { core, ...request }: Pick<GenerationRequest, 'seed' | 'output' | 'signal'> & { core: Core },
) {
  const images = await core.generate({ from: 'A', samples: spectraAt(recording, starts, core), ...request, latents: 'same' });
  return images.map((image, i): PictureAtTime => ({
    ...pictureOfImage(image),
    startSeconds: starts[i] / LMS_SAMPLE_RATE_HZ,
  }));
}
