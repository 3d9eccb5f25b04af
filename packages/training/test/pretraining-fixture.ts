import { createCmcgan } from '@cmcgan/model';
import type { Cmcgan } from '@cmcgan/model';
import { createRandom } from '@cmcgan/random';
import type { BatchSource } from '../src/training-batches';

export const PAIRS = 6;
export const PIXELS = 128 * 128 * 3;

/** A small model whose encoders and decoders learn in some tens of steps. */
export const tinyModel = (paths: 'four' | 'two' = 'four') =>
  createCmcgan({
    ...{ width: 1 / 16, latentSize: 2, depth: 5, codeSize: 16, initialisation: 'he', paths, seed: 1 },
    discriminator: { initialisation: 'he', featureSize: 16 },
  });

/** Epochs of one batch, in which a picture's brightness and the level of its sound show which pair it is; encoders get noisy ones. */
export const source: BatchSource = {
  batchesPerEpoch: 1,
  async *batches(epoch) {
    const random = createRandom(epoch);
    const samples = (size: number, noise: number) =>
      Float32Array.from({ length: PAIRS * size }, (_, i) => Math.floor(i / size) / PAIRS - 0.5 + noise * random.normal());
    const others = Array.from({ length: PAIRS }, (_, i) => (i + 1) % PAIRS);
    const [images, sounds] = [samples(PIXELS, 0), samples(128 * 32, 0)];
    const [encoderImages, encoderSounds] = [samples(PIXELS, 0.1), samples(128 * 32, 0.1)];
    yield { images, sounds, encoderImages, encoderSounds, wrongSounds: others, wrongImages: others };
  },
};

/** Of `pretrainDecoders` and `pretrainPaths`. */
export const OPTIONS = { seed: 3, imageDistance: 'squared', spectralScales: 1 } as const;

/** Copies of all weights and moving averages by name. */
export const weightsOf = (model: Cmcgan) =>
  Object.fromEntries(Object.entries(model.tensors()).map(([name, tensor]) => [name, Float32Array.from(tensor.dataSync())]));
