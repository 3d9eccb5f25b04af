import type { DecibelRange } from '@cmcgan/audio-features';
import { createRandom } from '@cmcgan/random';
import type { TrainingBatch } from '../training-batches';
import { augmentImage } from './augment-image';
import { augmentSound } from './augment-sound';
import { AUGMENTATIONS, type Augmentation, type AugmentationName } from './augmentations';

export interface AugmentBatches {
  readonly augmentation: AugmentationName;
  readonly seed: number;
  /** Steps taken: each step's draws follow from the seed and this number alone, so that there is nothing to resume. */
  readonly step: number;
  /** The dB that a sound's -1 and 1 stand for. */
  readonly decibelRange: DecibelRange;
}

/** The real samples of an update as it is to see them: varied at random, or the batches themselves where nothing is asked for. */
export function augmentBatches(group: readonly TrainingBatch[], options: AugmentBatches): readonly TrainingBatch[] {
  const { augmentation, seed, step, decibelRange } = options;
  const bounds: Augmentation | null = AUGMENTATIONS[augmentation];
  if (bounds === null) return group;
  const random = createRandom(seed).fork('augmentation').fork(step);
  const uniform = () => random.uniform();
  const rangeDb = decibelRange.ceilingDb - decibelRange.floorDb;
  const imageBounds = bounds.image;
  return group.map((batch) => ({
    ...batch,
    images: imageBounds
      ? each(batch.images, batch.wrongSounds.length, (image) => augmentImage(image, imageBounds, uniform))
      : batch.images,
    sounds: each(batch.sounds, batch.wrongSounds.length, (sound) =>
      augmentSound(sound, { bounds: bounds.sound, rangeDb }, uniform),
    ),
  }));
}

/** Every sample of a batch put through `change`. */
function each(samples: Float32Array, count: number, change: (sample: Float32Array) => Float32Array): Float32Array {
  const size = samples.length / count;
  const result = new Float32Array(samples.length);
  for (let i = 0; i < count; i++) result.set(change(samples.subarray(i * size, (i + 1) * size)), i * size);
  return result;
}
