import { relative, resolve } from 'node:path';
import { VIDEO_EXTENSIONS } from '../reading/archive/media-extensions';
import type { DatasetCard } from '../reading/card/dataset-card';
import { FIRST_MS } from './cut-windows';
import { frameToJpeg } from './frame-to-jpeg';
import { optionsOnCard, resolvePrepareOptions, type PrepareOptions } from './prepare-options';
import type { PlacedWindow } from './plan-recordings';
import { prepareRecordings } from './prepare-recordings';
import { listSources, type SourceFile } from './recordings/list-sources';
import { workspaceOf } from './prepared-folder';
import { createUnused } from './unused';
import { isCutOff } from './video/is-cut-off';
import { whatInstead } from './video/what-instead';
import { openVideoReader, type VideoReaderName } from './video/open-video-reader';
import { withoutStream } from './video/video-reader';

export interface PrepareVideosOptions extends PrepareOptions {
  /** The program or package that reads the videos; 'auto' uses npm's node-av if it is installed, else the ffmpeg program. */
  reader?: VideoReaderName;
  /** A further folder in which to look for node-av. Default: the folder of videos. */
  nodeAvFolder?: string;
  /** Name or path of the ffmpeg program. */
  ffmpeg?: string;
}

/**
 * Turns videos into a data set in Sub-URMP's layout: half a second of sound every `stepMs`, paired with the frame in its middle.
 * Videos are in one folder per class, `<class>/*.mp4` (or webm, mkv, mov, avi, ts, mpg, wmv, flv, 3gp, …), or in
 * `{train,validation}/<class>/*.mp4`; a video outside of any class folder is a class of its own. Silent half seconds are left out. The
 * split is by recording (the paper's "Dataset": training and test songs differ). The data set and its card are written completely or
 * not at all. A recording's sound is held in memory: 10 MB per minute.
 * @throws Error if there is no video, nothing to read videos with, or one split would be empty. Videos that cannot be read are left
 *   out with a warning.
 */
export async function prepareVideos(source: string, folder: string, options: PrepareVideosOptions = {}): Promise<DatasetCard> {
  const resolved = resolvePrepareOptions(options);
  const { stepMs, imageSize } = resolved;
  const reader = await openVideoReader({ ...options, folder: options.nodeAvFolder ?? resolve(source) });
  const except = [folder, workspaceOf(folder)];
  const { files, ignored } = await listSources(source, { medium: 'video', looseFiles: true, except });
  const unused = createUnused(ignored, (path) => relative(source, path).replaceAll('\\', '/'));
  if (files.length === 0) {
    throw new Error(`prepare: ${source} must hold videos (${VIDEO_EXTENSIONS.join(', ')}), got none${unused.inWords()}`);
  }
  unused.warn(resolved.onWarning);

  /** The sound of a video, checked to have a picture as well, which would otherwise only be noticed after the split. */
  async function sound({ path }: SourceFile) {
    const samples = await reader.sound(path);
    const frames = reader.frames(path, { firstMs: FIRST_MS, stepMs })[Symbol.asyncIterator]();
    const first = await frames.next();
    await frames.return?.();
    if (first.done) throw withoutStream(path, 'picture');
    return samples;
  }

  async function* pictures({ path }: SourceFile, windows: readonly PlacedWindow[]) {
    const waiting = new Map(windows.map((window) => [window.index, window]));
    for await (const { index, picture } of reader.frames(path, { firstMs: FIRST_MS, stepMs })) {
      const window = waiting.get(index);
      if (window) yield { window, jpeg: await frameToJpeg(picture, imageSize) };
      waiting.delete(index);
      if (waiting.size === 0) return;
    }
  }

  return prepareRecordings(
    {
      folders: [source],
      files,
      sound,
      pictures,
      isCutOff: ({ path }) => isCutOff(path),
      whatInstead: ({ path }) => whatInstead(path),
      card: {
        from: 'videos',
        reader: reader.name,
        options: optionsOnCard(resolved),
        ...unused.card(),
      },
    },
    folder,
    resolved,
  );
}
