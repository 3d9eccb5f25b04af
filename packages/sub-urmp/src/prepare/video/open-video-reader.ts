import { ffmpegReader, hasFfmpeg } from './ffmpeg-reader';
import { loadNodeAv } from './node-av-reader';
import type { VideoReader } from './video-reader';

/** The video reader to use; 'auto' uses node-av if it is installed, else ffmpeg. */
export type VideoReaderName = 'auto' | 'node-av' | 'ffmpeg';

export interface OpenVideoReaderOptions {
  reader?: VideoReaderName;
  /** A further folder in which to look for node-av. */
  folder: string;
  /** Name or path of the ffmpeg program. */
  ffmpeg?: string;
}

/**
 * Opens the video reader that is wanted.
 * @throws Error that tells what to install if there is none
 */
export async function openVideoReader(options: OpenVideoReaderOptions): Promise<VideoReader> {
  const { reader = 'auto', folder, ffmpeg = 'ffmpeg' } = options;
  if (reader !== 'ffmpeg') {
    const nodeAv = await loadNodeAv(folder);
    if (nodeAv) return nodeAv;
  }
  if (reader !== 'node-av' && (await hasFfmpeg(ffmpeg))) return ffmpegReader(ffmpeg);
  throw new Error(`prepare: ${MISSING[reader]}`);
}

const REMEDIES = { ffmpeg: 'apt-get install ffmpeg, or brew install ffmpeg', 'node-av': 'npm install node-av@6' };

const MISSING: Record<VideoReaderName, string> = {
  auto: `to read videos, ffmpeg must be on PATH or the npm package node-av installed, got neither: ${REMEDIES.ffmpeg}, or ${REMEDIES['node-av']}`,
  ffmpeg: `ffmpeg must be on PATH to read videos with it, got none: ${REMEDIES.ffmpeg}`,
  'node-av': `the npm package node-av must be installed to read videos with it, got none: ${REMEDIES['node-av']}`,
};
