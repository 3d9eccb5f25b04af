import { LMS_SAMPLE_RATE_HZ } from '@cmcgan/audio-features';

/** Limits on videos, since a broken one can claim any length and any size. */
export const VIDEO_LIMITS = {
  /** Minutes of sound, which is held in memory: 10 MB per minute. */
  minutes: 60,
  /** Pixels per frame. */
  pixels: 100_000_000,
  /** Bytes that the ffmpeg program may allocate at once. */
  allocationBytes: 2 ** 30,
  /** Seconds that ffmpeg may run without any output. */
  silentSeconds: 120,
} as const;

const SAMPLE_BYTES = Float32Array.BYTES_PER_ELEMENT;

/** Collects the pieces of a video's sound, up to the limit. */
export function createSoundCollector(path: string) {
  const pieces: Uint8Array[] = [];
  let room = VIDEO_LIMITS.minutes * 60 * LMS_SAMPLE_RATE_HZ * SAMPLE_BYTES;
  return {
    pieces,
    /** @throws Error that names the video once it is too long */
    add(piece: Uint8Array): void {
      room -= piece.length;
      if (room < 0)
        throw new Error(`prepare: ${path} must hold at most ${VIDEO_LIMITS.minutes} minutes, got more; cut it into parts`);
      pieces.push(piece);
    },
  };
}

/** @throws Error that names the video if its frames are too large */
export function assertFrameSize(path: string, { width, height }: { width: number; height: number }): void {
  if (width * height <= VIDEO_LIMITS.pixels) return;
  throw new Error(`prepare: ${path} must have frames of at most ${VIDEO_LIMITS.pixels} pixels, got ${width}×${height}`);
}
