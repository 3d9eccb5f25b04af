import { readFile } from 'node:fs/promises';
import { relative } from 'node:path';
import { decodeAudio, LMS_SAMPLE_RATE_HZ, resample, toMono } from '@cmcgan/audio-features';
import { ignoredFile } from '../reading/archive/ignored-file';
import { PICTURE_EXTENSIONS, SOUND_EXTENSIONS } from '../reading/archive/media-extensions';
import type { DatasetCard } from '../reading/card/dataset-card';
import { assertLevel } from '../reading/features/assert-level';
import { byCategory, byName } from './choose-pictures';
import type { PlacedWindow } from './plan-recordings';
import { optionsOnCard, resolvePrepareOptions, type PrepareOptions } from './prepare-options';
import { prepareRecordings } from './prepare-recordings';
import { workspaceOf } from './prepared-folder';
import { listBeside } from './recordings/list-beside';
import { listSources, type SourceFile, type Sources } from './recordings/list-sources';
import { createUnused, type Unused } from './unused';

export interface PrepareFoldersOptions extends PrepareOptions {
  /** 'name' pairs a sound with the picture of the same class and name; 'category' with any picture of its class. Default 'name'. */
  pairBy?: 'name' | 'category';
  /** A folder that contains both sources; anything else in it is listed as not used. */
  within?: string;
}

/**
 * Turns pictures and sounds, in one folder per class each, into a data set in Sub-URMP's layout: half a second of sound every `stepMs`,
 * paired with the sound's picture or (`pairBy: 'category'`) with pictures of its class in turn. Folders `{train,validation}` (by any
 * usual name) above the classes determine the split; otherwise it is by recording, and by picture if paired by category.
 * @param sources folders `<class>/…` of pictures (jpg, png, webp, avif, gif, tiff) and of sounds (wav, flac, mp3, ogg, opus)
 * @throws Error if there is nothing to pair or one split would be empty. Files that cannot be read or paired are left out with a
 *   warning and are listed in the card with the reason.
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
  const except = [folder, workspaceOf(folder)];
  const images = await listSources(sources.images, { medium: 'picture', except });
  const sounds = await listSources(sources.sounds, { medium: 'sound', except });
  const beside =
    options.within === undefined ? [] : await listBeside(options.within, [sources.images, sources.sounds, ...except]);
  const seen = new Set([...images.files, ...sounds.files].map(({ path }) => path)); // the two folders may be one
  const ignored = [...images.ignored, ...sounds.ignored, ...beside].filter(({ path }) => !seen.has(path) && seen.add(path));
  const unused = createUnused(ignored, (path) => nameBelow(path, sources, options.within));
  assertSome(sources, images, sounds, unused);
  const choose = pairBy === 'name' ? byName : byCategory;
  const choice = choose({
    images: images.files,
    sounds: sounds.files,
    options: resolved,
    onAlone: ({ path }, reason) => unused.add(ignoredFile(path, reason)),
    onUnusable: ({ relativePath }, reason) => {
      unused.leftOut.push({ file: relativePath, reason });
      resolved.onWarning(`left out ${relativePath}: ${reason}`);
    },
  });
  unused.warn(resolved.onWarning);

  async function* pictures(file: SourceFile, windows: readonly PlacedWindow[]) {
    for (const window of windows) yield { window, jpeg: await choice.picture(file, window.split) };
  }

  return prepareRecordings(
    {
      folders: [sources.images, sources.sounds],
      files: choice.sounds,
      sound: readSound,
      pictures,
      card: {
        from: 'images and sounds',
        options: { pairBy, ...optionsOnCard(resolved) },
        ...unused.card(),
      },
    },
    folder,
    resolved,
  );
}

/** The file's path relative to the folder that contains it. */
function nameBelow(path: string, { images, sounds }: { images: string; sounds: string }, within = ''): string {
  const home = [images, sounds].find((folder) => !relative(folder, path).startsWith('..')) ?? within;
  return relative(home, path).replaceAll('\\', '/');
}

function assertSome(sources: { images: string; sounds: string }, images: Sources, sounds: Sources, unused: Unused): void {
  const check = (folder: string, { files }: Sources, what: string, extensions: readonly string[]) => {
    if (files.length > 0) return;
    const rule = `must hold ${what} (${extensions.join(', ')}) in one folder per class`;
    throw new Error(`prepare: ${folder} ${rule}, got none${unused.inWords()}`);
  };
  check(sources.images, images, 'pictures', PICTURE_EXTENSIONS);
  check(sources.sounds, sounds, 'sounds', SOUND_EXTENSIONS);
}

async function readSound({ path, relativePath }: SourceFile): Promise<Float32Array> {
  const { buffer, byteOffset, byteLength } = await readFile(path);
  // as a plain Uint8Array, since a Buffer's slice is not a copy
  const { samples, sampleRateHz } = await decodeAudio(new Uint8Array(buffer, byteOffset, byteLength), { name: relativePath });
  assertLevel('prepare', samples, relativePath);
  const mono = toMono(samples);
  return sampleRateHz === LMS_SAMPLE_RATE_HZ ? mono : resample(mono, { fromHz: sampleRateHz, toHz: LMS_SAMPLE_RATE_HZ });
}
