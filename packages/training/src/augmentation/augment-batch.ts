import type { DecibelRange } from '@cmcgan/audio-features';
import { createRandom } from '@cmcgan/random';
import type { TrainingBatch } from '../training-batches';
import { augmentImage } from './augment-image';
import { augmentSound } from './augment-sound';
import { AUGMENTATIONS, type Augmentation, type AugmentationName } from './augmentations';

export interface AugmentBatches {
  readonly augmentation: AugmentationName;
  readonly seed: number;
  /**
   * Number of the first batch in the run: the steps taken, where each step takes one batch. A batch's draws depend only on the seed and its
   * number, so that there is no state to resume.
   */
  readonly step: number;
  /** The dB that a sound's -1 and 1 stand for. */
  readonly decibelRange: DecibelRange;
}

/** Returns the batches of an update with their real samples varied at random, or the batches themselves for 'none'. */
export function augmentBatches(group: readonly TrainingBatch[], options: AugmentBatches): readonly TrainingBatch[] {
  const { augmentation, seed, step, decibelRange } = options;
  const bounds: Augmentation | null = AUGMENTATIONS[augmentation];
  if (bounds === null) return group;
  const origin = createRandom(seed).fork('augmentation');
  const rangeDb = decibelRange.ceilingDb - decibelRange.floorDb;
  const { image: imageBounds, encoderImage, encoderSound } = bounds;
  return group.map((batch, index) => {
    const random = origin.fork(step + index);
    const uniform = () => random.uniform();
    const count = batch.wrongSounds.length;
    const images = imageBounds ? each(batch.images, count, (image) => augmentImage(image, imageBounds, uniform)) : batch.images;
    const sounds = each(batch.sounds, count, (sound) => augmentSound(sound, { bounds: bounds.sound, rangeDb }, uniform));
    return {
      ...{ ...batch, images, sounds },
      ...(encoderSound && {
        encoderSounds: each(sounds, count, (sound) => augmentSound(sound, { bounds: encoderSound, rangeDb }, uniform)),
      }),
      ...(encoderImage && { encoderImages: each(images, count, (image) => augmentImage(image, encoderImage, uniform)) }),
    };
  });
}

/** Applies `change` to every sample of a batch. */
function each(samples: Float32Array, count: number, change: (sample: Float32Array) => Float32Array): Float32Array {
  const size = samples.length / count;
  const result = new Float32Array(samples.length);
  for (let i = 0; i < count; i++) result.set(change(samples.subarray(i * size, (i + 1) * size)), i * size);
  return result;
}
