import { decodeAudio, LMS_SAMPLE_RATE_HZ, resample, toMono } from '@cmcgan/audio-features';
import { decodeImage, type Picture } from '@cmcgan/image-io';
import type { GivenContent } from '../protocol';

/** Samples in mono at 44.1 kHz. */
export interface MonoSound {
  readonly samples: Float32Array;
  readonly sampleRateHz: number;
}

/** Decodes a picture, to what the networks see of it: 128×128 pixels, the whole frame. @throws if it is none that can be read */
export const readPicture = (file: Blob, name: string): Promise<Picture> => decodeImage(file, { name });

/** Decodes a sound or takes a recording. @throws if it cannot be read or is silent */
export async function readSound(content: GivenContent, name: string): Promise<MonoSound> {
  const { samples: channels, sampleRateHz } = content instanceof Blob ? await decodeAudio(content, { name }) : content;
  const mono = toMono(channels as Float32Array);
  if (mono.length === 0) throw new Error(`${name} must hold at least one sample, got 0`);
  const toHz = LMS_SAMPLE_RATE_HZ;
  return { samples: sampleRateHz === toHz ? mono : resample(mono, { fromHz: sampleRateHz, toHz }), sampleRateHz: toHz };
}
