import { LMS_SAMPLE_RATE_HZ, playbackGainDb, soundsForLength, soundsToWaveform, toPlayback } from '@cmcgan/audio-features';
import { pixelsToImage } from '@cmcgan/image-io';
import type { Core } from './core';
import type { GenerationRequest } from './generate-samples';
import { readPicture, type PictureInput } from './inputs/picture-input';
import { generatedSound, type GeneratedSound } from './outputs/generated-sound';

/** Generates so many seconds of sound from a picture, in overlapping parts with latents of their own and amplifies it: by default so that it can be heard. */
export async function pictureToSound(
  picture: PictureInput,
  { seconds, gainDb, ...request }: Pick<GenerationRequest, 'seed' | 'output' | 'signal'> & { seconds: number; gainDb?: number },
  core: Core,
): Promise<GeneratedSound> {
  const image = pixelsToImage(await readPicture(picture, core.platform, request.signal)); // [128, 128, 3]
  const length = Math.round(seconds * LMS_SAMPLE_RATE_HZ);
  const samples = Array.from({ length: soundsForLength(length) }, () => image);
  const sounds = await core.generate({ from: 'V', samples, ...request, latents: 'each' }); // [128, 32] each
  const waveform = soundsToWaveform(sounds, core.decibelRange, { length, seed: request.seed });
  return generatedSound(toPlayback(waveform, gainDb ?? playbackGainDb(core.decibelRange)), core.decibelRange);
}
