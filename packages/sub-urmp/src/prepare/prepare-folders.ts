import { readFile } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { decodeAudio, LMS_SAMPLE_RATE_HZ, resample, toMono } from '@cmcgan/audio-features';
import { decodeImage, encodeJpeg } from '@cmcgan/image-io';
import type { DatasetCard } from '../card/dataset-card';
import type { Split } from '../dataset';
import { createRandom } from '../random';
import { SILENCE } from './cut-windows';
import { resolvePrepareOptions, type PrepareOptions, type ResolvedPrepareOptions } from './prepare-options';
import { prepareRecordings, type PlacedWindow } from './prepare-recordings';
import { listSources, type SourceFile } from './recordings/list-sources';
import { sideKey, splitRecordings } from './recordings/split-recordings';

export const PICTURE_EXTENSIONS: readonly string[] = ['.jpg', '.jpeg', '.png', '.webp', '.avif', '.gif', '.tif', '.tiff'];
export const RECORDING_EXTENSIONS: readonly string[] = ['.wav', '.flac', '.mp3', '.ogg', '.oga', '.opus'];

export interface PrepareFoldersOptions extends PrepareOptions {
  /** 'name': a sound with the picture of the same class and name; 'category': every sound with some picture of its class. */
  pairBy?: 'name' | 'category';
}

/**
 * Turns folders of pictures and of sounds, one per class each, into a data set in Sub-URMP's layout: half a second of sound every
 * `stepMs`, with its sound's picture, or (`pairBy: 'category'`) with pictures of its class in turn. Folders `{train,validation}`
 * above the classes keep their split; else it is by recording, and by picture where those are paired by category.
 * @param sources folders `<class>/…` of pictures (jpg, png, webp, avif, gif, tiff) and of sounds (wav, flac, mp3, ogg, opus)
 * @throws Error if there is nothing to pair or one side comes out empty. What cannot be read or paired is left out with a warning.
 */
export async function prepareFolders(
  sources: { images: string; sounds: string },
  folder: string,
  options: PrepareFoldersOptions = {},
): Promise<DatasetCard> {
  const { pairBy = 'name' } = options;
  if (pairBy !== 'name' && pairBy !== 'category') {
    throw new RangeError(`prepare: pairBy must be 'name' or 'category', got ${String(pairBy)}`);
  }
  const resolved = resolvePrepareOptions(options);
  const { stepMs, imageSize, validationShare, seed, recordingPattern, silence } = resolved;
  const images = await listSources(sources.images, { extensions: PICTURE_EXTENSIONS });
  const sounds = await listSources(sources.sounds, { extensions: RECORDING_EXTENSIONS });
  const leftOut: { file: string; reason: string }[] = [];
  const onUnusable = (file: SourceFile, reason: string) => {
    leftOut.push({ file: file.relativePath, reason });
    resolved.onWarning(`left out ${file.relativePath}: ${reason}`);
  };
  const choice = (pairBy === 'name' ? byName : byCategory)({ images, sounds, options: resolved, onUnusable });

  async function* pictures(file: SourceFile, windows: readonly PlacedWindow[]) {
    for (const window of windows) yield { window, jpeg: await choice.picture(file, window.split) };
  }

  return prepareRecordings(
    {
      files: choice.sounds,
      sound: readSound,
      pictures,
      card: {
        from: 'images and sounds',
        folders: [sources.images, sources.sounds].map((path) => basename(resolve(path))),
        options: {
          pairBy,
          stepMs,
          imageSize,
          validationShare,
          seed,
          recordingPattern: recordingPattern?.source,
          silence: { ...SILENCE, ...silence },
        },
        leftOut,
      },
    },
    folder,
    resolved,
  );
}

async function readSound({ path, relativePath }: SourceFile): Promise<Float32Array> {
  const { samples, sampleRateHz } = await decodeAudio(await readFile(path), { name: relativePath });
  const mono = toMono(samples);
  return sampleRateHz === LMS_SAMPLE_RATE_HZ ? mono : resample(mono, { fromHz: sampleRateHz, toHz: LMS_SAMPLE_RATE_HZ });
}

/** Which sounds have pictures, and the pictures. */
interface Choice {
  sounds: SourceFile[];
  picture(sound: SourceFile, split: Split): Promise<Uint8Array>;
}

interface ChoiceOptions {
  images: readonly SourceFile[];
  sounds: readonly SourceFile[];
  options: ResolvedPrepareOptions;
  onUnusable: (file: SourceFile, reason: string) => void;
}

function byName({ images, sounds, options, onUnusable }: ChoiceOptions): Choice {
  const nameOf = ({ split = 'train', className, stem }: SourceFile) => `${split}/${className}/${stem}`;
  const byStem = new Map(images.map((image) => [nameOf(image), image]));
  const heard = new Set(sounds.map(nameOf));
  for (const image of images) if (!heard.has(nameOf(image))) onUnusable(image, 'there is no sound of its class and name');
  const seen = sounds.filter((sound) => {
    if (!byStem.has(nameOf(sound))) onUnusable(sound, 'there is no picture of its class and name');
    return byStem.has(nameOf(sound));
  });
  let last: { path: string; jpeg: Uint8Array } | undefined;
  return {
    sounds: seen,
    async picture(sound) {
      const image = byStem.get(nameOf(sound)) as SourceFile;
      if (last?.path !== image.path) last = { path: image.path, jpeg: await toJpeg(image, options.imageSize) };
      return last.jpeg;
    },
  };
}

function byCategory({ images, sounds, options, onUnusable }: ChoiceOptions): Choice {
  const random = createRandom(options.seed).fork('pictures');
  const items = images.map((image) => ({ ...image, image, recording: image.relativePath }));
  const sides = splitRecordings(items, { ...options, random: random.fork('split') });
  const pools = new Map<string, SourceFile[]>();
  for (const item of items) {
    const side = sides.get(sideKey(item)) ?? 'train';
    for (const split of side === 'end' ? (['train', 'validation'] as const) : [side]) {
      const key = `${split}/${item.className}`;
      pools.set(key, [...(pools.get(key) ?? []), item.image]);
    }
  }
  for (const [key, pool] of pools) random.fork(key).shuffle(pool);
  const classes = new Set(images.map(({ className }) => className));
  const known = new Set(sounds.map(({ className }) => className));
  for (const image of images) if (!known.has(image.className)) onUnusable(image, 'there is no sound of its class');
  return {
    sounds: sounds.filter((sound) => {
      if (!classes.has(sound.className)) onUnusable(sound, 'there is no picture of its class');
      return classes.has(sound.className);
    }),
    async picture({ className }, split) {
      const pool = pools.get(`${split}/${className}`) ?? [];
      while (pool.length > 0) {
        const image = pool.shift() as SourceFile;
        try {
          const jpeg = await toJpeg(image, options.imageSize);
          pool.push(image); // its turn comes again after all others
          return jpeg;
        } catch (error) {
          onUnusable(image, (error as Error).message);
        }
      }
      throw new Error(`prepare: ${className} must have pictures for its ${split} side, got none that can be read`);
    },
  };
}

async function toJpeg({ path, relativePath }: SourceFile, size: number | 'original'): Promise<Uint8Array> {
  return encodeJpeg(await decodeImage(await readFile(path), { size, name: relativePath }), { quality: 95 });
}
