import { dispose, tensor2d } from '@tensorflow/tfjs-core';
import type { Tensor, Tensor2D, Tensor4D } from '@tensorflow/tfjs-core';
import { drawLatents } from '@cmcgan/model';
import type { Generated, GeneratedRole, NormalSource, TrainableModel } from '@cmcgan/model';
import type { Share } from '../communicator';
import type { TensorBatch } from '../training-batches';

/** A micro-batch as the step computes with it: a wrong sample's index i is row [.., 1 at i, ..] of a one-hot matrix [B, B]. */
export interface StepBatch {
  images: Tensor4D;
  sounds: Tensor4D;
  wrongSounds: Tensor2D;
  wrongImages: Tensor2D;
}

/** Everything that differs from one step to the next. */
export interface StepInputs {
  batches: readonly StepBatch[];
  /** For each generator update, the latents of each micro-batch. */
  latents: readonly (readonly Generated[])[];
}

interface Draws extends Share {
  /** K: generator updates, each with its own latents. */
  updates: number;
  random: NormalSource;
}

/**
 * The inputs of a step, with fresh latents. All but the batches' samples are the caller's, in `own`. The latents of the update's other
 * micro-batches, which other ranks use, are drawn as well, so that every rank draws the same numbers.
 */
export function drawInputs(
  { roles, latentSize }: Pick<TrainableModel, 'roles' | 'latentSize'>,
  batches: readonly TensorBatch[],
  { first, of, updates, random }: Draws,
): StepInputs & { own: Tensor[] } {
  const stepBatches = batches.map((batch) => ({
    ...batch,
    wrongSounds: oneHot(batch.wrongSounds),
    wrongImages: oneHot(batch.wrongImages),
  }));
  const drawAll = () => {
    const all = Array.from({ length: of }, (_, index) => {
      const { images } = batches[index - first] ?? batches[0];
      return drawLatents(roles, { batchSize: images.shape[0], latentSize }, random);
    });
    const others = all.filter((_, index) => batches[index - first] === undefined);
    dispose(others);
    return all.slice(first, first + batches.length);
  };
  const latents = Array.from({ length: updates }, drawAll);
  const matrices = stepBatches.flatMap(({ wrongSounds, wrongImages }) => [wrongSounds, wrongImages]);
  return { batches: stepBatches, latents, own: [...matrices, ...latents.flat().flatMap((each) => Object.values(each))] };
}

function oneHot(indices: ArrayLike<number>): Tensor2D {
  const size = indices.length;
  const values = new Float32Array(size * size);
  for (let i = 0; i < size; i++) values[i * size + indices[i]] = 1;
  return tensor2d(values, [size, size]);
}

/** The tensors of the inputs, in a fixed order. */
export function tensorsOf({ batches, latents }: StepInputs): Tensor[] {
  const ofBatch = ({ images, sounds, wrongSounds, wrongImages }: StepBatch) => [images, sounds, wrongSounds, wrongImages];
  return [...batches.flatMap(ofBatch), ...latents.flat().flatMap((each) => Object.values(each))];
}

/** Inputs of the same structure with other tensors. */
export function mapInputs({ batches, latents }: StepInputs, map: <T extends Tensor>(tensor: T) => T): StepInputs {
  const mapLatents = (each: Generated): Generated => {
    const entries = Object.entries(each) as [GeneratedRole, Tensor4D][];
    return Object.fromEntries(entries.map(([role, tensor]) => [role, map(tensor)]));
  };
  return {
    batches: batches.map(({ images, sounds, wrongSounds, wrongImages }) => ({
      ...{ images: map(images), sounds: map(sounds), wrongSounds: map(wrongSounds), wrongImages: map(wrongImages) },
    })),
    latents: latents.map((update) => update.map(mapLatents)),
  };
}
