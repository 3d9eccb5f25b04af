import type { SoundBounds } from './augmentations';
import type { Uniform } from './augment-image';

const MELS = 128;
const FRAMES = 32;
/** The data set's lowest level, as a network value. */
const SILENCE = -1;

export interface AugmentSoundOptions {
  readonly bounds: SoundBounds;
  /** Size of the data set's range from -1 to 1, in decibels. */
  readonly rangeDb: number;
}

/**
 * Returns a copy of a sound [128 mels, 32 frames] in [-1, 1], shifted in time and moved in pitch (with the edges repeated), made louder or
 * quieter, with some mel bands silenced, and with noise, at random within the given bounds.
 */
export function augmentSound(sound: Float32Array, { bounds, rangeDb }: AugmentSoundOptions, uniform: Uniform): Float32Array {
  const { noise } = bounds;
  const shift = Math.round((2 * uniform() - 1) * bounds.shift);
  const gain = ((2 * uniform() - 1) * bounds.gainDb * 2) / rangeDb;
  const masked = Math.floor(uniform() * (bounds.maskedMels + 1));
  const firstMasked = Math.floor(uniform() * (MELS - masked + 1));
  // Bounds of 0 draw nothing, so that the other draws of a seed remain what they were.
  const higher = bounds.pitch === 0 ? 0 : Math.round((2 * uniform() - 1) * bounds.pitch);
  const result = new Float32Array(sound.length);
  for (let mel = 0, to = 0; mel < MELS; mel++) {
    const silent = mel >= firstMasked && mel < firstMasked + masked;
    const row = inside(mel - higher, MELS) * FRAMES;
    for (let frame = 0; frame < FRAMES; frame++, to++) {
      const value = silent ? SILENCE : sound[row + inside(frame - shift, FRAMES)] + gain;
      result[to] = Math.min(1, Math.max(-1, noise === 0 ? value : value + noise * unitNoise(uniform)));
    }
  }
  return result;
}

/** The position nearest to `index` below `size`. */
const inside = (index: number, size: number): number => Math.min(size - 1, Math.max(0, index));

/** A uniform draw of mean 0 and variance 1; sums of some of them, as in a convolution, are nearly normal. */
const unitNoise = (uniform: Uniform): number => Math.sqrt(12) * (uniform() - 0.5);
