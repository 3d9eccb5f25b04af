import { lmsToSound, logMelSpectrum } from '@cmcgan/audio-features';
import { writeAtomically } from '@cmcgan/training/node';
import { imagePicture } from '../samples/pictures';
import { generateSamples } from './generate-samples';
import type { Generation } from './generate-file';
import { chooseWay } from './choose-way';
import { encodePicture } from './encode-picture';
import { readHalfSecond } from './read-half-second';

/** Writes the picture of 128×128 that the networks imagine for half a second of a sound. */
export async function soundToPicture({ model, decibelRange, options, note }: Generation): Promise<string[]> {
  const { input, atSeconds, out, seed } = options;
  const way = chooseWay(model, 'A', options.output);
  const { data: lmsDb } = logMelSpectrum(await readHalfSecond(input, { atSeconds, note })); // [128, 44]
  const sound = lmsToSound(lmsDb, decibelRange); // [128, 32]
  if (sound.every((value) => value === -1)) {
    note('warning: this half second is silent, and so the picture follows from the seed alone; choose another place with --at.');
  }
  const [image] = await generateSamples(model, { samples: [sound], seed }, way); // [128, 128, 3]
  await writeAtomically(out, await encodePicture(imagePicture(image), out), { makeFolders: true });
  return [out];
}
