import { SAMPLE_SHAPES, type Modality } from '@cmcgan/model';

/** How strongly samples are augmented in training; 0 turns it off. */
export interface Augmentation {
  /** Pixels that an image, and frames that a sound, are moved sideways by, at most. */
  shift: number;
  /** What is added to all values of a sample, at most: brightness, and the level of a sound. */
  offset: number;
  /** Standard deviation of the noise on every value. */
  noise: number;
}

/** Light: what another camera, microphone or moment would change. */
export const LIGHT_AUGMENTATION: Readonly<Record<Modality, Augmentation>> = {
  V: { shift: 4, offset: 0.1, noise: 0.05 },
  A: { shift: 4, offset: 0.1, noise: 0.05 },
};

/** Moves along the rows, edges repeated, adds and clips to [-1, 1]. Returns a new array of the sample's layout. */
export function augment(
  values: Float32Array,
  { modality, augmentation, uniform }: { modality: Modality; augmentation: Augmentation; uniform: () => number },
): Float32Array {
  const [height, width, channels] = SAMPLE_SHAPES[modality];
  const { shift, offset, noise } = augmentation;
  const by = Math.round((2 * uniform() - 1) * shift);
  const added = (2 * uniform() - 1) * offset;
  const result = new Float32Array(values.length);
  for (let y = 0, to = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const from = (y * width + Math.min(width - 1, Math.max(0, x + by))) * channels;
      for (let c = 0; c < channels; c++, to++) {
        const value = values[from + c] + added + (noise === 0 ? 0 : noise * unitNoise(uniform));
        result[to] = Math.min(1, Math.max(-1, value));
      }
    }
  }
  return result;
}

/** Uniform noise of mean 0 and variance 1: a third of the draws that normal noise takes, and a convolution makes it normal. */
function unitNoise(uniform: () => number): number {
  return Math.sqrt(12) * (uniform() - 0.5);
}
