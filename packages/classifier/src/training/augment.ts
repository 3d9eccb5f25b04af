import { SAMPLE_SHAPES, type Modality } from '@cmcgan/model';

/** How strongly samples are augmented in training; a value of 0 turns that augmentation off. */
export interface Augmentation {
  /** Maximum shift sideways: pixels of an image, frames of a sound. */
  shift: number;
  /** Maximum offset added to all values of a sample: the brightness of an image, the level of a sound. */
  offset: number;
  /** Standard deviation of the noise added to every value. */
  noise: number;
  /** Maximum move of a sound in pitch, in mel bands of 128; default: 0. Wrong where the class depends on the pitch. */
  pitch?: number;
}

/** Light augmentation: what would differ with another camera, microphone or moment. */
export const LIGHT_AUGMENTATION: Readonly<Record<Modality, Augmentation>> = {
  V: { shift: 4, offset: 0.1, noise: 0.05 },
  A: { shift: 4, offset: 0.1, noise: 0.05 },
};

/** Augmentations by name. To add one: one row. */
export const CLASSIFIER_AUGMENTATIONS = {
  light: LIGHT_AUGMENTATION,
  /**
   * The same, with sounds moved in pitch too: what lets a classifier recognise an instrument by notes that it was not trained on. Not for
   * the feature that pictures are generated from where pictures show the pitch, as the simulator's do.
   */
  ears: { V: LIGHT_AUGMENTATION.V, A: { ...LIGHT_AUGMENTATION.A, pitch: 2 } },
} as const satisfies Record<string, Readonly<Record<Modality, Augmentation>>>;

/** Name of an augmentation. */
export type ClassifierAugmentationName = keyof typeof CLASSIFIER_AUGMENTATIONS;

/** Shifts rows (and those of a sound up or down), repeating edges, adds offset and noise, and clips to [-1, 1]. Returns a new array with the same layout. */
export function augment(
  values: Float32Array,
  { modality, augmentation, uniform }: { modality: Modality; augmentation: Augmentation; uniform: () => number },
): Float32Array {
  const [height, width, channels] = SAMPLE_SHAPES[modality];
  const { shift, offset, noise, pitch = 0 } = augmentation;
  const by = Math.round((2 * uniform() - 1) * shift);
  const added = (2 * uniform() - 1) * offset;
  const higher = modality === 'V' || pitch === 0 ? 0 : Math.round((2 * uniform() - 1) * pitch);
  const result = new Float32Array(values.length);
  for (let y = 0, to = 0; y < height; y++) {
    const row = Math.min(height - 1, Math.max(0, y - higher));
    for (let x = 0; x < width; x++) {
      const from = (row * width + Math.min(width - 1, Math.max(0, x + by))) * channels;
      for (let c = 0; c < channels; c++, to++) {
        const value = values[from + c] + added + (noise === 0 ? 0 : noise * unitNoise(uniform));
        result[to] = Math.min(1, Math.max(-1, value));
      }
    }
  }
  return result;
}

/** Uniform noise of mean 0 and variance 1: needs a third of the draws of normal noise, and becomes normal through a convolution. */
function unitNoise(uniform: () => number): number {
  return Math.sqrt(12) * (uniform() - 0.5);
}
