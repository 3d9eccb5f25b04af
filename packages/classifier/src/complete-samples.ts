import { drawLatents } from '@cmcgan/model';
import type { Modality } from '@cmcgan/model';
import { seededNormal } from '@cmcgan/random';
import { tidy } from '@tensorflow/tfjs-core';
import type { Tensor4D } from '@tensorflow/tfjs-core';
import { SAMPLE_NAMES } from './samples';
import type { SampleTensors } from './samples';

/** Generates a missing modality: a model of @cmcgan/model, or anything with these methods. */
export interface SampleGenerator {
  /** Dimensions of z; 0: none. */
  readonly latentSize: number;
  /** Sounds [B, 128, 32, 1] and z [B, 1, 1, latentSize] → images [B, 128, 128, 3], in [-1, 1]. */
  generateImage?(sounds: Tensor4D, z?: Tensor4D): Tensor4D;
  /** Images → sounds. */
  generateSound?(images: Tensor4D, z?: Tensor4D): Tensor4D;
}

/** A batch with both modalities, and which of them was generated. The caller owns the generated tensor. */
export interface CompleteSamples {
  images: Tensor4D;
  sounds: Tensor4D;
  generated: null | 'image' | 'sound';
}

/** The generator's method for each modality. */
export const GENERATOR_METHODS = { V: 'generateImage', A: 'generateSound' } as const;

const FUNCTION = 'MultimodalClassifier';

/**
 * Generates the modality that a batch lacks. `z` [B, 1, 1, latentSize] replaces the latent drawn from the seed.
 *
 * @throws if both modalities are missing, or the generator cannot make the missing one
 */
export function completeSamples(
  { images, sounds }: SampleTensors,
  { generator, seed, z }: { generator: SampleGenerator; seed: number; z?: Tensor4D },
): CompleteSamples {
  const generate = (modality: Modality, given: Tensor4D) => {
    const method = GENERATOR_METHODS[modality];
    const make = generator[method]?.bind(generator);
    const { one } = SAMPLE_NAMES[modality];
    if (make === undefined)
      throw new Error(`${FUNCTION}: ${one} must be given: the generator cannot make one (it has no ${method})`);
    const shape = { batchSize: given.shape[0], latentSize: generator.latentSize };
    const drawn = () => drawLatents(['z'], shape, (_, count) => seededNormal(seed, 'latent', count, 1)).z;
    return tidy(() => make(given, generator.latentSize === 0 ? undefined : (z ?? drawn())));
  };
  if (images !== undefined && sounds !== undefined) return { images, sounds, generated: null };
  if (sounds !== undefined) return { images: generate('V', sounds), sounds, generated: 'image' };
  if (images !== undefined) return { images, sounds: generate('A', images), generated: 'sound' };
  throw new Error(`${FUNCTION}: an image, a sound or both must be given, got neither`);
}
