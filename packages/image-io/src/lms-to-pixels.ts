import { COLOUR_MAP } from './colour-map';
import { assertKnownOptions } from './known-options';
import type { Picture } from './picture';

export interface LmsToPixelsOptions {
  /** Rows of the spectrum (M). */
  melCount: number;
  /** Columns of the spectrum (T). */
  frameCount: number;
  /** The value drawn darkest, as are all below it: -1 for a network's sound, or the floor in dB for an LMS. */
  low?: number;
  /** The value drawn brightest, as are all above it. */
  high?: number;
  /** How many pixels wide and high one value is drawn: one whole number for both, or one each. */
  scale?: number | { frames: number; mels: number };
}

/** The names of lmsToPixels' options. */
export const LMS_OPTIONS = ['melCount', 'frameCount', 'low', 'high', 'scale'];

/**
 * Draws a log-mel spectrum: time runs to the right, the lowest mel band is at the bottom, colours are the perceptual COLOUR_MAP.
 * @param values Float32Array [melCount, frameCount], row 0 = the lowest mel; a sound in [-1, 1], or dB with `low` and `high` in dB
 * @returns a picture of frameCount·scale × melCount·scale pixels
 * @throws RangeError if the length does not match, `low` is not below `high`, or a value is not a number; TypeError for an unknown option
 */
export function lmsToPixels(values: Float32Array, options: LmsToPixelsOptions): Picture {
  assertKnownOptions('lmsToPixels', options, LMS_OPTIONS);
  const { melCount, frameCount, low = -1, high = 1, scale = 1 } = options;
  if (typeof scale === 'object') assertKnownOptions('lmsToPixels: scale', scale, ['frames', 'mels']);
  const { frames: across, mels: up } = typeof scale === 'number' ? { frames: scale, mels: scale } : scale;
  assertArguments(values, { melCount, frameCount, low, high, across, up });
  const width = frameCount * across;
  const height = melCount * up;
  const pixels = new Uint8Array(width * height * 3); // [H, W, 3]
  for (let y = 0; y < height; y++) {
    const mel = melCount - 1 - Math.floor(y / up);
    for (let x = 0; x < width; x++) {
      const loudness = (values[mel * frameCount + Math.floor(x / across)] - low) / (high - low);
      const level = Math.round(Math.min(Math.max(loudness, 0), 1) * (COLOUR_MAP.length - 1));
      pixels.set(COLOUR_MAP[level], (y * width + x) * 3);
    }
  }
  return { pixels, width, height };
}

interface Arguments {
  melCount: number;
  frameCount: number;
  low: number;
  high: number;
  across: number;
  up: number;
}

function assertArguments(values: Float32Array, { melCount, frameCount, low, high, across, up }: Arguments): void {
  for (const [name, value] of Object.entries({ melCount, frameCount, 'scale across': across, 'scale up': up })) {
    if (!Number.isInteger(value) || value < 1) {
      throw new RangeError(`lmsToPixels: ${name} must be a positive integer, got ${value}`);
    }
  }
  if (values.length !== melCount * frameCount) {
    throw new RangeError(
      `lmsToPixels: values must hold ${melCount}·${frameCount} = ${melCount * frameCount}, got ${values.length}`,
    );
  }
  if (!(low < high)) throw new RangeError(`lmsToPixels: low must be below high, got ${low} and ${high}`);
  const broken = values.findIndex(Number.isNaN);
  if (broken >= 0) throw new RangeError(`lmsToPixels: values must be numbers, got NaN at ${broken}`);
}
