import { readFile } from 'node:fs/promises';
import { decodeImage, encodeJpeg } from '@cmcgan/image-io';
import type { Split } from '../dataset';
import { createRandom } from '../random';
import type { ResolvedPrepareOptions } from './prepare-options';
import type { SourceFile } from './recordings/list-sources';
import { sideKey, splitRecordings } from '../split/split-recordings';

/** Which sounds have pictures, and the pictures. */
export interface Choice {
  sounds: SourceFile[];
  picture(sound: SourceFile, split: Split): Promise<Uint8Array>;
}

export interface ChoiceOptions {
  images: readonly SourceFile[];
  sounds: readonly SourceFile[];
  options: ResolvedPrepareOptions;
  onUnusable: (file: SourceFile, reason: string) => void;
}

/** A sound goes with the picture of its split, class and name. */
export function byName({ images, sounds, options, onUnusable }: ChoiceOptions): Choice {
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

/** A sound goes with pictures of its class, in turn; without folders that split them, pictures are split on their own. */
export function byCategory({ images, sounds, options, onUnusable }: ChoiceOptions): Choice {
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
