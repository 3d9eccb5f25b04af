import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { encodeJpeg, type Picture } from '@cmcgan/image-io';
import { endOf, type CrossModalModel } from '@cmcgan/model';
import type { Dataset, Pair } from '@cmcgan/sub-urmp';
import { writeAtomically } from '@cmcgan/training/node';
import { choosePairs } from './choose-pairs';
import { generateBothWays, waysFrom } from './generate-both-ways';
import { instrumentFileName, SAMPLE_FOLDERS } from './sample-folders';
import { imageToSoundGrid, soundToImageGrid } from './sample-grids';
import { writeGeneratedSound } from './sound-files';

/** Generates and writes samples from a few fixed pairs. */
export interface Sampler {
  /** Writes the grids of both directions and some generated sounds, named by epoch. */
  write(model: CrossModalModel, epoch: number): Promise<void>;
}

/** Number of sounds written as WAV each epoch, spread over the instruments. */
const SOUND_COUNT = 3;

/** `count` evenly spaced `items`, or all if there are fewer. */
function spread<T>(items: readonly T[], count: number): T[] {
  if (items.length <= count) return [...items];
  return Array.from({ length: count }, (_, index) => items[Math.floor((index * items.length) / count)]);
}

async function loadTruths(dataset: Dataset, pairs: readonly Pair[]) {
  return Promise.all(pairs.map(async (pair) => ({ instrument: pair.instrument, truth: await dataset.load(pair) })));
}

async function makeFolders(folder: string) {
  const [soundToImage, imageToSound, sounds] = Object.values(SAMPLE_FOLDERS).map((name) => join(folder, name));
  await Promise.all([soundToImage, imageToSound, sounds].map((path) => mkdir(path, { recursive: true })));
  return { soundToImage, imageToSound, sounds };
}

/** Creates a sampler with one pair of each instrument from the validation split, and latents, both fixed by the seed. */
export async function createSampler(dataset: Dataset, { folder, seed }: { folder: string; seed: number }): Promise<Sampler> {
  const truths = await loadTruths(dataset, choosePairs(dataset, seed));
  const folders = await makeFolders(folder);

  const writeGrid = async (path: string, grid: Picture) => writeAtomically(`${path}.jpg`, await encodeJpeg(grid));
  const writeSound = (path: string, sound: Float32Array) =>
    writeGeneratedSound(sound, { path: `${path}.wav`, range: dataset.decibelRange, seed });
  return {
    async write(model, epoch) {
      const samples = truths.map(({ truth }) => truth);
      const generated = await generateBothWays(model, samples, seed);
      const pairs = truths.map((truth, index) => ({ ...truth, generated: generated[index] }));
      const name = `epoch-${String(epoch).padStart(3, '0')}`;
      const [fromSounds, fromImages] = [waysFrom(model, 'A'), waysFrom(model, 'V')];
      if (fromSounds.length > 0) await writeGrid(join(folders.soundToImage, name), await soundToImageGrid(pairs, fromSounds));
      if (fromImages.length > 0) await writeGrid(join(folders.imageToSound, name), await imageToSoundGrid(pairs, fromImages));
      for (const { instrument, generated } of spread(pairs, SOUND_COUNT)) {
        const sound = fromImages.length > 0 ? generated[endOf(fromImages[0])] : undefined;
        if (sound) await writeSound(join(folders.sounds, `${name}-${instrumentFileName(instrument)}`), sound);
      }
    },
  };
}
