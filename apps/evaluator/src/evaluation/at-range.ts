import type { DecibelRange } from '@cmcgan/audio-features';
import type { SampleGenerator } from '@cmcgan/classifier';
import { hearInRange } from '@cmcgan/evaluation';
import { tidy, type Tensor4D } from '@tensorflow/tfjs-core';

/** The dB range that a generator was trained at, and that of the data it is used on. */
export interface Ranges {
  readonly own: DecibelRange;
  readonly data: DecibelRange;
}

/** A generator for data of another dB range than its own: sounds are converted on their way in and out. What is beyond the other range is at its end. */
export function atRange(generator: SampleGenerator, { own, data }: Ranges): SampleGenerator {
  if (own.floorDb === data.floorDb && own.ceilingDb === data.ceilingDb) return generator;
  const { generateImage, generateSound, latentSize } = generator;
  return {
    latentSize,
    ...(generateImage && {
      generateImage: (sounds: Tensor4D, z?: Tensor4D) =>
        tidy(() => generateImage.call(generator, hearInRange(sounds, data, own), z)),
    }),
    ...(generateSound && {
      generateSound: (images: Tensor4D, z?: Tensor4D) =>
        tidy(() => hearInRange(generateSound.call(generator, images, z), own, data)),
    }),
  };
}
