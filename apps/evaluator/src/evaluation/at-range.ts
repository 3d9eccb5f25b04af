import type { DecibelRange } from '@cmcgan/audio-features';
import type { SampleGenerator } from '@cmcgan/classifier';
import { add, clipByValue, mul, tidy, type Tensor4D } from '@tensorflow/tfjs-core';

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
        tidy(() => generateImage.call(generator, converted(sounds, { from: data, to: own }), z)),
    }),
    ...(generateSound && {
      generateSound: (images: Tensor4D, z?: Tensor4D) =>
        tidy(() => converted(generateSound.call(generator, images, z), { from: own, to: data })),
    }),
  };
}

/** Sounds whose -1 and 1 are the ends of one range, as values of another. */
function converted(sounds: Tensor4D, { from, to }: { from: DecibelRange; to: DecibelRange }): Tensor4D {
  const size = to.ceilingDb - to.floorDb;
  const scale = (from.ceilingDb - from.floorDb) / size;
  const offset = (from.ceilingDb + from.floorDb - to.ceilingDb - to.floorDb) / size;
  return clipByValue(add<Tensor4D>(mul<Tensor4D>(sounds, scale), offset), -1, 1);
}
