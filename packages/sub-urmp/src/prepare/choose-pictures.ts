import { readFile } from 'node:fs/promises';
import { decodeImage, encodeJpeg } from '@cmcgan/image-io';
import type { Split } from '../reading/pair';
import { createRandom } from '@cmcgan/random';
import { problemOf, RemediableError } from '../reading/remediable-error';
import { sideKey, splitRecordings } from '../reading/split/split-recordings';
import type { ResolvedPrepareOptions } from './prepare-options';
import type { SourceFile } from './recordings/list-sources';

/** The sounds that have pictures, and their pictures. */
export interface Choice {
  sounds: SourceFile[];
  picture(sound: SourceFile, split: Split): Promise<Uint8Array>;
}

export interface ChoiceOptions {
  images: readonly SourceFile[];
  sounds: readonly SourceFile[];
  options: ResolvedPrepareOptions;
  /** Called for every file that has no counterpart. */
  onAlone: (file: SourceFile, reason: string) => void;
  /** Called for every picture that cannot be read. */
  onUnusable: (file: SourceFile, reason: string) => void;
}

/**
 * Pairs each sound with the picture of the same split, class and name: the one at the same place below its class folder, else the only
 * one with that name.
 * @throws Error if no sound has a picture, with a suggestion if sounds and pictures share classes
 */
export function byName({ images, sounds, options, onAlone }: ChoiceOptions): Choice {
  const place = ({ split = 'train', className, place: at }: SourceFile) => `${split}/${className}/${at}`;
  const name = ({ split = 'train', className, stem }: SourceFile) => `${split}/${className}/${stem}`;
  const [byPlace, byStem] = [groupBy(images, place), groupBy(images, name)];
  const picturesOf = (sound: SourceFile) => byPlace.get(place(sound)) ?? byStem.get(name(sound)) ?? [];
  assertSomePaired(images, sounds, sounds.filter((sound) => picturesOf(sound).length > 0).length, options);
  const wanted = new Set(sounds.flatMap(picturesOf));
  for (const image of images) if (!wanted.has(image)) onAlone(image, 'there is no sound of its class and name');
  const ambiguous = new Set<SourceFile>();
  const seen = sounds.filter((sound) => {
    const pictures = picturesOf(sound);
    if (pictures.length === 0) onAlone(sound, 'there is no picture of its class and name');
    if (pictures.length > 1) {
      onAlone(sound, `several pictures have its name: ${pictures.map(({ relativePath }) => relativePath).join(', ')}`);
      for (const picture of pictures) ambiguous.add(picture);
    }
    return pictures.length === 1;
  });
  for (const picture of ambiguous) onAlone(picture, 'another picture has the same name, and a sound can have only one');
  let last: { path: string; jpeg: Uint8Array } | undefined;
  return {
    sounds: seen,
    async picture(sound) {
      const [image] = picturesOf(sound);
      if (last?.path !== image.path) last = { path: image.path, jpeg: await toJpeg(image, options.imageSize) };
      return last.jpeg;
    },
  };
}

function groupBy(files: readonly SourceFile[], keyOf: (file: SourceFile) => string): Map<string, SourceFile[]> {
  const groups = new Map<string, SourceFile[]>();
  for (const file of files) {
    const group = groups.get(keyOf(file));
    if (group) group.push(file);
    else groups.set(keyOf(file), [file]);
  }
  return groups;
}

/** Throws if no sound has a picture, and warns if fewer than half have one; both with a suggestion. */
function assertSomePaired(
  images: readonly SourceFile[],
  sounds: readonly SourceFile[],
  pairedCount: number,
  { onWarning }: ResolvedPrepareOptions,
): void {
  assertSharedClass(images, sounds);
  if (2 * pairedCount >= sounds.length) return;
  const got = pairedCount === 0 ? 'none of' : `${pairedCount} of`;
  const counts = `${got} ${sounds.length} sounds with one, among ${images.length} pictures`;
  const problem = new RemediableError(`prepare: a sound must have a picture of its class and name, got ${counts}`, {
    option: 'pairBy',
    suggestion: "give them the same names, or pair them by class alone: pairBy: 'category'",
  });
  if (pairedCount === 0) throw problem;
  onWarning(problem.message, problem);
}

function assertSharedClass(images: readonly SourceFile[], sounds: readonly SourceFile[]): void {
  const [seen, heard] = [images, sounds].map((files) => [...new Set(files.map(({ className }) => className))]);
  if (seen.length === 0 || heard.length === 0 || seen.some((name) => heard.includes(name))) return;
  const list = (names: string[]) => names.slice(0, 5).join(', ') + (names.length > 5 ? ', …' : '');
  throw new Error(
    `prepare: some class must have pictures and sounds, got pictures of ${list(seen)} and sounds of ${list(heard)}`,
  );
}

/** Pairs each sound with the pictures of its class in turn. If no folders split the pictures, they are split independently. */
export function byCategory({ images, sounds, options, onAlone, onUnusable }: ChoiceOptions): Choice {
  assertSharedClass(images, sounds);
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
  for (const image of images) if (!known.has(image.className)) onAlone(image, 'there is no sound of its class');
  return {
    sounds: sounds.filter((sound) => {
      if (!classes.has(sound.className)) onAlone(sound, 'there is no picture of its class');
      return classes.has(sound.className);
    }),
    async picture({ className }, split) {
      const pool = pools.get(`${split}/${className}`) ?? [];
      while (pool.length > 0) {
        const image = pool.shift() as SourceFile;
        try {
          const jpeg = await toJpeg(image, options.imageSize);
          pool.push(image); // used again after all others
          return jpeg;
        } catch (error) {
          onUnusable(image, problemOf(error));
        }
      }
      throw new Error(`prepare: ${className} must have pictures for its ${split} side, got none that can be read`);
    },
  };
}

async function toJpeg({ path, relativePath }: SourceFile, size: number | 'original'): Promise<Uint8Array> {
  return encodeJpeg(await decodeImage(await readFile(path), { size, name: relativePath }), { quality: 95 });
}
