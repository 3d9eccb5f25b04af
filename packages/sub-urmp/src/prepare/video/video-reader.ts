import type { Picture } from '@cmcgan/image-io';

/** A frame and the moment it is on the screen. */
export interface TimedFrame {
  /** `firstMs + index·stepMs`. */
  index: number;
  /** Uint8Array [H, W, 3], the right way up. */
  picture: Picture;
}

/** Opens videos of any container and codec. Times count from the start of whichever begins first, picture or sound. */
export interface VideoReader {
  /** What does the work, for messages and cards: `node-av` or `ffmpeg`. */
  readonly name: string;
  /** The frames on the screen at firstMs, firstMs + stepMs, …, in order, as long as the video lasts. */
  frames(path: string, grid: { firstMs: number; stepMs: number }): AsyncIterable<TimedFrame>;
  /** The whole sound, mono at 44,100 Hz; what is missing at its start is silence. Throws if there is none. */
  sound(path: string): Promise<Float32Array>;
}

/** The filters that both readers run, in FFmpeg's own language. */
export const frameFilter = ({ firstMs, stepMs }: { firstMs: number; stepMs: number }, startSeconds = 0): string =>
  `setpts=PTS-${startSeconds + firstMs / 1000}/TB,fps=fps=1000/${stepMs}:start_time=0:round=up,format=rgb24`;

/** Silence is laid where the timestamps have a gap, so that the sound stays with its pictures. */
export const soundFilter = (sampleRateHz: number, startSeconds = 0): string =>
  `asetpts=PTS-${startSeconds}/TB,aresample=${sampleRateHz}:async=1:first_pts=0,aformat=sample_fmts=flt:channel_layouts=mono`;

/** The error for a video without picture or sound. */
export function withoutStream(path: string, lacks: 'picture' | 'sound'): Error {
  return new Error(`prepare: ${path} must be a video with picture and sound, got one that has no ${lacks}`);
}
