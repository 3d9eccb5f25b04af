import { drawLatents } from '@cmcgan/model';
import type { Modality } from '@cmcgan/model';
import { seededNormal } from '@cmcgan/random';
import { softmax, tidy } from '@tensorflow/tfjs-core';
import type { Tensor2D, Tensor4D } from '@tensorflow/tfjs-core';
import { toClassification } from './classification';
import type { Classification } from './classification';
import type { Classifier } from './classifier';
import { SAMPLE_NAMES, sampleTensor } from './samples';
import type { SampleArrays, SampleTensors } from './samples';

/** Generates a missing modality: a model of @cmcgan/model, or anything with these methods. */
export interface SampleGenerator {
  /** Dimensions of z; 0: none. */
  readonly latentSize: number;
  /** Sounds [B, 128, 32, 1] and z [B, 1, 1, latentSize] → images [B, 128, 128, 3], in [-1, 1]. */
  generateImage?(sounds: Tensor4D, z?: Tensor4D): Tensor4D;
  /** Images → sounds. */
  generateSound?(images: Tensor4D, z?: Tensor4D): Tensor4D;
}

/** A classification, and the modality that had to be generated for it. */
export interface MultimodalClassification extends Classification {
  generated: null | 'image' | 'sound';
}

/** A batch with both modalities, and which of them was generated. The caller owns the generated tensor. */
export interface CompleteSamples {
  images: Tensor4D;
  sounds: Tensor4D;
  generated: null | 'image' | 'sound';
}

/** The paper's dynamic multimodal classification network: it classifies an image and a sound, and generates the one that is missing. */
export interface MultimodalClassifier {
  readonly VA: Classifier;
  /** Classifies a sample by its image, its sound, or both. @throws if there is neither, or the missing one cannot be generated */
  classify(sample: SampleArrays): Promise<MultimodalClassification>;
  /** Generates the missing modality of a batch. `z` [B, 1, 1, latentSize] replaces the latent drawn from the seed. */
  complete(samples: SampleTensors, z?: Tensor4D): CompleteSamples;
  /** Logits [B, classes] for a batch of images, sounds or both. The caller owns the result. */
  logits(samples: SampleTensors, z?: Tensor4D): Tensor2D;
}

export interface MultimodalOptions {
  /** A classifier of modality VA, trained on real pairs. */
  VA: Classifier;
  generator: SampleGenerator;
  /** Seed of the latents; every call draws the same. */
  seed?: number;
}

const FUNCTION = 'MultimodalClassifier';
const METHODS = { V: 'generateImage', A: 'generateSound' } as const;

/** Creates a classifier for samples with missing modalities. It does not own the given classifier and generator. */
export function createMultimodalClassifier({ VA, generator, seed = 1 }: MultimodalOptions): MultimodalClassifier {
  if (VA.config.modality !== 'VA') {
    throw new Error(`createMultimodalClassifier: VA must be a classifier of modality VA, got ${VA.config.modality}`);
  }
  const generate = (modality: Modality, given: Tensor4D, z?: Tensor4D): Tensor4D => {
    const method = METHODS[modality];
    const make = generator[method]?.bind(generator);
    const { one } = SAMPLE_NAMES[modality];
    if (make === undefined)
      throw new Error(`${FUNCTION}: ${one} must be given: the generator cannot make one (it has no ${method})`);
    const shape = { batchSize: given.shape[0], latentSize: generator.latentSize };
    const drawn = () => drawLatents(['z'], shape, (_, count) => seededNormal(seed, 'latent', count, 1)).z;
    return tidy(() => make(given, generator.latentSize === 0 ? undefined : (z ?? drawn())));
  };
  const complete = ({ images, sounds }: SampleTensors, z?: Tensor4D): CompleteSamples => {
    if (images !== undefined && sounds !== undefined) return { images, sounds, generated: null };
    if (sounds !== undefined) return { images: generate('V', sounds, z), sounds, generated: 'image' };
    if (images !== undefined) return { images, sounds: generate('A', images, z), generated: 'sound' };
    throw new Error(`${FUNCTION}: an image, a sound or both must be given, got neither`);
  };
  return {
    VA,
    complete,
    logits: (samples, z) => tidy(() => VA.logits(complete(samples, z))),
    async classify({ image, sound }) {
      const values = tidy(() => {
        const samples = complete({
          ...(image === undefined ? {} : { images: sampleTensor([image], 'V') }),
          ...(sound === undefined ? {} : { sounds: sampleTensor([sound], 'A') }),
        });
        return softmax(VA.logits(samples));
      });
      const probabilities = Float32Array.from(await values.data<'float32'>());
      values.dispose();
      const generated = image === undefined ? 'image' : sound === undefined ? 'sound' : null;
      return { ...toClassification(probabilities, VA.config.classNames), generated };
    },
  };
}
