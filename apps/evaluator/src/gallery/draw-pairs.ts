import { readFile } from 'node:fs/promises';
import { readWav, toMono } from '@cmcgan/audio-features';
import { createRandom } from '@cmcgan/random';
import type { Dataset, Pair } from '@cmcgan/sub-urmp';
import { drawImage, drawSound, wavUri } from './draw-samples';
import type { GalleryPair } from './gallery';

/** One test pair of each class, drawn by the seed. */
export function chooseGalleryPairs({ classNames, splits }: Pick<Dataset, 'classNames' | 'splits'>, seed: number): Pair[] {
  return classNames.flatMap((name, classId) => {
    const candidates = splits.validation.filter((pair) => pair.classId === classId);
    const random = createRandom(seed).fork(`gallery ${name}`);
    return candidates.length === 0 ? [] : [candidates[random.integer(candidates.length)]];
  });
}

/** Draws pairs for a page; a true sound is its own file, not what its spectrogram sounds like. */
export async function drawGalleryPairs(dataset: Dataset, pairs: readonly Pair[]): Promise<GalleryPair[]> {
  return Promise.all(
    pairs.map(async (pair) => {
      const { image, sound } = await dataset.load(pair);
      const { samples, sampleRateHz } = readWav(await readFile(pair.soundPath), { name: pair.soundPath });
      const wav = wavUri({ samples: toMono(samples), sampleRateHz });
      const { spectrogram } = await drawSound(sound, dataset.decibelRange);
      return { id: pair.id, className: pair.instrument, image: await drawImage(image), sound: { spectrogram, wav } };
    }),
  );
}
