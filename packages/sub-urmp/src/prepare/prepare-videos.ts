import { basename, resolve } from 'node:path';
import type { DatasetCard } from '../card/dataset-card';
import { FIRST_MS, SILENCE } from './cut-windows';
import { frameToJpeg } from './frame-to-jpeg';
import { resolvePrepareOptions, type PrepareOptions } from './prepare-options';
import type { PlacedWindow } from './plan-recordings';
import { prepareRecordings } from './prepare-recordings';
import { listSources, type SourceFile } from './recordings/list-sources';
import { openVideoReader, type VideoReaderName } from './video/open-video-reader';

export const VIDEO_EXTENSIONS: readonly string[] = ['.mp4', '.m4v', '.webm', '.mkv', '.mov', '.avi'];

export interface PrepareVideosOptions extends PrepareOptions {
  /** What reads the videos; 'auto' takes npm's node-av where it is installed, else the ffmpeg program. */
  reader?: VideoReaderName;
  /** Where node-av may be installed, besides this package's own reach. Default: the folder of videos. */
  nodeAvFolder?: string;
  /** The ffmpeg program. */
  ffmpeg?: string;
}

/**
 * Turns videos into a data set in Sub-URMP's layout: half a second of sound every `stepMs`, paired with the frame in its middle.
 * Videos lie in one folder per class, `<class>/*.mp4` (or webm, mkv, mov, avi), or `{train,validation}/<class>/*.mp4`; one that lies
 * in none is a class of its own. Silent half seconds are left out; the split is by recording (the paper's "Dataset": train and test
 * are of different songs). The set appears whole or not at all, with its card. A recording's sound is held in memory: 10 MB a minute.
 * @throws Error if there is no video, nothing to read videos with, or one side comes out empty. A video that cannot be read is left
 *   out with a warning.
 */
export async function prepareVideos(source: string, folder: string, options: PrepareVideosOptions = {}): Promise<DatasetCard> {
  const resolved = resolvePrepareOptions(options);
  const { stepMs, imageSize, validationShare, seed, recordingPattern, silence } = resolved;
  const reader = await openVideoReader({ ...options, folder: options.nodeAvFolder ?? resolve(source) });
  const files = await listSources(source, { extensions: VIDEO_EXTENSIONS, looseFiles: true });

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
      files,
      sound: ({ path }) => reader.sound(path),
      pictures,
      card: {
        from: 'videos',
        folders: [basename(resolve(source))],
        reader: reader.name,
        options: {
          stepMs,
          imageSize,
          validationShare,
          seed,
          recordingPattern: recordingPattern?.source,
          silence: { ...SILENCE, ...silence },
        },
        leftOut: [],
      },
    },
    folder,
    resolved,
  );
}
