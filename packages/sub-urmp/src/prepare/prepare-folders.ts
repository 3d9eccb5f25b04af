import { readFile } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { decodeAudio, LMS_SAMPLE_RATE_HZ, resample, toMono } from '@cmcgan/audio-features';
import type { DatasetCard } from '../card/dataset-card';
import { byCategory, byName } from './choose-pictures';
import { SILENCE } from './cut-windows';
import { resolvePrepareOptions, type PrepareOptions } from './prepare-options';
import type { PlacedWindow } from './plan-recordings';
import { prepareRecordings } from './prepare-recordings';
import { listSources, type SourceFile } from './recordings/list-sources';

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
