import { LMS_SAMPLE_RATE_HZ, soundToWaveform, writeWav } from '@cmcgan/audio-features';
import { decodeImage, encodePng, MAX_PIXELS, pixelsToImage } from '@cmcgan/image-io';
import { writeAtomically } from '@cmcgan/training/node';
import { soundPicture } from '../samples/pictures';
import { chooseWay } from './choose-way';
import type { Generation } from './generate-file';
import { generateSamples } from './generate-samples';
import { readInput } from './read-input';

/** Where the spectrogram goes: beside the sound, under its name, unless that is the picture which it came from. */
function spectrogramPath(out: string, input: string): string {
  const path = out.replace(/\.wav$/i, '.png');
  return path === input ? out.replace(/\.wav$/i, '.spectrogram.png') : path;
}

/** Writes the sound that the networks imagine for a picture: a WAV of half a second, and its spectrogram as a PNG beside it. */
export async function pictureToSound({ model, decibelRange, options, note }: Generation): Promise<string[]> {
  const { input, out, seed } = options;
  const way = chooseWay(model, 'V', options.output);
  const { pixels } = await decodeImage(await readInput(input), { name: input, maxPixels: options.maxPixels ?? MAX_PIXELS });
  note(`Read ${input}.`);
  const [sound] = await generateSamples(model, { samples: [pixelsToImage(pixels)], seed }, way); // [128, 32]
  const samples = soundToWaveform(sound, decibelRange, { seed });
  const spectrogram = spectrogramPath(out, input);
  await writeAtomically(out, writeWav({ samples, sampleRateHz: LMS_SAMPLE_RATE_HZ }), { makeFolders: true });
  await writeAtomically(spectrogram, await encodePng(soundPicture(sound)));
  return [out, spectrogram];
}
