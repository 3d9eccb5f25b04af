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
 * Returns a copy of a sound [128 mels, 32 frames] in [-1, 1], shifted in time (with the edge repeated), made louder or quieter, and with
 * some mel bands silenced, at random within the given bounds.
 */
export function augmentSound(sound: Float32Array, { bounds, rangeDb }: AugmentSoundOptions, uniform: Uniform): Float32Array {
  const shift = Math.round((2 * uniform() - 1) * bounds.shift);
  const gain = ((2 * uniform() - 1) * bounds.gainDb * 2) / rangeDb;
  const masked = Math.floor(uniform() * (bounds.maskedMels + 1));
  const firstMasked = Math.floor(uniform() * (MELS - masked + 1));
  const result = new Float32Array(sound.length);
  for (let mel = 0, to = 0; mel < MELS; mel++) {
    const silent = mel >= firstMasked && mel < firstMasked + masked;
    for (let frame = 0; frame < FRAMES; frame++, to++) {
      const from = Math.min(FRAMES - 1, Math.max(0, frame - shift));
      result[to] = silent ? SILENCE : Math.min(1, Math.max(-1, sound[mel * FRAMES + from] + gain));
    }
  }
  return result;
}
