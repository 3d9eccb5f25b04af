import { LMS_SAMPLE_RATE_HZ, soundToWaveform, writeWav, type DecibelRange } from '@cmcgan/audio-features';
import { encodeJpeg, encodePng, imageToPixels, lmsToPixels } from '@cmcgan/image-io';
import type { PlayableSound } from './gallery';

const dataUri = (type: string, bytes: Uint8Array) => `data:${type};base64,${Buffer.from(bytes).toString('base64')}`;

/** A sound as the data URI of a WAV file. */
export const wavUri = (sound: Parameters<typeof writeWav>[0]) => dataUri('audio/wav', writeWav(sound));

/** A network's image, Float32Array [128, 128, 3] in [-1, 1], as the data URI of a JPEG. */
export async function drawImage(image: Float32Array): Promise<string> {
  return dataUri('image/jpeg', await encodeJpeg({ pixels: imageToPixels(image), width: 128, height: 128 }, { quality: 88 }));
}

/** A network's sound, Float32Array [128, 32] in [-1, 1], as a spectrogram, and as what it sounds like. */
export async function drawSound(sound: Float32Array, range: DecibelRange): Promise<PlayableSound> {
  const picture = lmsToPixels(sound, { melCount: 128, frameCount: 32, scale: { frames: 4, mels: 1 } });
  const samples = soundToWaveform(sound, range, { seed: 1 });
  return {
    spectrogram: dataUri('image/png', await encodePng(picture)),
    wav: wavUri({ samples, sampleRateHz: LMS_SAMPLE_RATE_HZ }),
  };
}
