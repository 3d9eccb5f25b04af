import { readFile } from 'node:fs/promises';
import { LMS_SAMPLE_RATE_HZ, soundToWaveform, writeWav } from '@cmcgan/audio-features';
import { decodeImage, encodePng, pixelsToImage } from '@cmcgan/image-io';
import type { Checkpoint } from '../checkpoint/open-checkpoint';
import { writeAtomically } from '../files/write-atomically';
import type { GenerateOptions } from '../options/generate-options';
import { soundPicture } from '../samples/pictures';
import { generateSamples } from './generate-samples';
import { chooseWay } from './choose-way';

/** Writes the sound that the networks imagine for a picture: a WAV of half a second, and its spectrogram as a PNG beside it. */
export async function pictureToSound({ model, training }: Checkpoint, options: GenerateOptions): Promise<string[]> {
  const { pixels } = await decodeImage(await readFile(options.input), { name: options.input });
  const way = chooseWay(model, 'V', options.output);
  const request = { samples: [pixelsToImage(pixels)], seed: options.seed };
  const [sound] = await generateSamples(model, request, way); // [128, 32]
  const samples = soundToWaveform(sound, training.data.decibelRange, { seed: options.seed });
  const spectrogram = options.out.replace(/\.wav$/i, '.png');
  await writeAtomically(options.out, writeWav({ samples, sampleRateHz: LMS_SAMPLE_RATE_HZ }));
  await writeAtomically(spectrogram, await encodePng(soundPicture(sound)));
  return [options.out, spectrogram];
}
