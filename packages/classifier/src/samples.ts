import { SAMPLE_SHAPES } from '@cmcgan/model';
import type { Modality } from '@cmcgan/model';
import { tensor4d } from '@tensorflow/tfjs-core';
import type { Tensor4D } from '@tensorflow/tfjs-core';

/** A batch as input of the networks: images [B, 128, 128, 3] and sounds [B, 128, 32, 1], in [-1, 1]. */
export interface SampleTensors {
  images?: Tensor4D;
  sounds?: Tensor4D;
}

/** One sample: image [128, 128, 3] and sound [128, 32], row-major, in [-1, 1], as returned by `Dataset.load` of @cmcgan/sub-urmp. */
export interface SampleArrays {
  image?: Float32Array;
  sound?: Float32Array;
}

/** Name of each modality in a batch and in a single sample. */
export const SAMPLE_NAMES = { V: { batch: 'images', one: 'image' }, A: { batch: 'sounds', one: 'sound' } } as const;

/** The batch's tensor of a modality. @throws if it is missing or has another shape */
export function samplesOf(samples: SampleTensors, modality: Modality, functionName: string): Tensor4D {
  const name = SAMPLE_NAMES[modality].batch;
  const tensor = samples[name];
  const expected = `[B, ${SAMPLE_SHAPES[modality].join(', ')}]`;
  if (tensor === undefined) throw new Error(`${functionName}: ${name} must be given, ${expected}, got none`);
  if (tensor.rank !== 4 || tensor.shape.slice(1).join() !== SAMPLE_SHAPES[modality].join()) {
    throw new Error(`${functionName}: ${name} must have the shape ${expected}, got [${tensor.shape.join(', ')}]`);
  }
  return tensor;
}

/** Samples of one modality, flat arrays in [-1, 1], as one tensor [B, H, W, C]. The caller owns it. */
export function sampleTensor(samples: readonly Float32Array[], modality: Modality): Tensor4D {
  const shape = SAMPLE_SHAPES[modality];
  const size = shape[0] * shape[1] * shape[2];
  const values = new Float32Array(samples.length * size);
  samples.forEach((sample, index) => {
    if (sample.length !== size) {
      const { one } = SAMPLE_NAMES[modality];
      throw new Error(`sampleTensor: ${one} must hold ${size} values, [${shape.join(', ')}], got ${sample.length}`);
    }
    values.set(sample, index * size);
  });
  return tensor4d(values, [samples.length, ...shape]);
}
