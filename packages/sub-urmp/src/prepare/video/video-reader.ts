import type { Picture } from '@cmcgan/image-io';

/** A frame and the time at which it is shown. */
export interface TimedFrame {
  /** The frame is shown at `firstMs + index·stepMs`. */
  index: number;
  /** Uint8Array [H, W, 3], the right way up. */
  picture: Picture;
}

/** Reads videos of any container and codec. Times count from the start of the picture or the sound, whichever begins first. */
export interface VideoReader {
  /** The reader's name in messages and cards: `node-av` or `ffmpeg`. */
  readonly name: string;
  /** The frames shown at firstMs, firstMs + stepMs, …, in order, to the end of the video. */
  frames(path: string, grid: { firstMs: number; stepMs: number }): AsyncIterable<TimedFrame>;
  /** The whole sound, mono at 44,100 Hz, padded with silence at the start if it begins later. Throws if there is none. */
  sound(path: string): Promise<Float32Array>;
}

/** The frame filters that both readers run, in FFmpeg's syntax. */
export const frameFilter = ({ firstMs, stepMs }: { firstMs: number; stepMs: number }, startSeconds = 0): string =>
  `setpts=PTS-${startSeconds + firstMs / 1000}/TB,fps=fps=1000/${stepMs}:start_time=0:round=up,format=rgb24`;

/** The sound filters. Gaps in the timestamps are filled with silence, so that sound and picture stay in sync. */
export const soundFilter = (sampleRateHz: number, startSeconds = 0): string =>
  `asetpts=PTS-${startSeconds}/TB,aresample=${sampleRateHz}:async=1:first_pts=0,aformat=sample_fmts=flt:channel_layouts=mono`;

/** The error for a video without picture or sound. */
export function withoutStream(path: string, lacks: 'picture' | 'sound'): Error {
  return new Error(`prepare: ${path} must be a video with picture and sound, got one that has no ${lacks}`);
}
