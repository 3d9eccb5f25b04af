import { dispose, Tensor, tensor2d } from '@tensorflow/tfjs-core';
import type { Tensor2D, Tensor4D } from '@tensorflow/tfjs-core';
import { drawLatents } from '@cmcgan/model';
import type { Generated, GeneratedRole, NormalSource, TrainableModel } from '@cmcgan/model';
import type { Share } from '../communicator';
import { samplesOf } from '../training-batches';
import type { TensorBatch } from '../training-batches';
import type { TransformBounds } from './transforms/discriminator-augmentations';
import { drawDirections } from './draw-directions';
import type { Directions } from './draw-directions';
import { drawTransforms } from './transforms/draw-transforms';
import type { StepTransforms } from './transforms/draw-transforms';

/** A micro-batch as the step computes with it: a wrong sample's index i is row [.., 1 at i, ..] of a one-hot matrix [B, B]. */
export interface StepBatch {
  images: Tensor4D;
  sounds: Tensor4D;
  /** What the encoders get in place of `sounds`. */
  encoderSounds?: Tensor4D;
  /** The same for images. */
  encoderImages?: Tensor4D;
  /** What the consistency loss compares with in place of `sounds`. */
  targetSounds?: Tensor4D;
  /** The same for images. */
  targetImages?: Tensor4D;
  wrongSounds: Tensor2D;
  wrongImages: Tensor2D;
  /** The class of each pair, a one-hot matrix [B, classes]; left out: nothing is classified. */
  classes?: Tensor2D;
  /** How the discriminator's inputs are changed; left out: not at all. */
  transforms?: StepTransforms;
  /** Where the real samples are nudged to, for the gradient penalty; left out: there is none. */
  directions?: Directions;
}

/** Everything that differs from one step to the next. */
export interface StepInputs {
  batches: readonly StepBatch[];
  /** For each generator update, the latents of each micro-batch. */
  latents: readonly (readonly Generated[])[];
}

/** A source of random numbers, such as a generator of @cmcgan/random. */
export interface RandomSource extends NormalSource {
  /** A number in [0, 1); needed for `discriminatorAugmentation` and `gradientPenalty`. */
  uniform?(): number;
}

interface Draws extends Share {
  /** K: generator updates, each with its own latents. */
  updates: number;
  /** Generated samples that the discriminator judges. */
  fakes: readonly GeneratedRole[];
  /** How far the discriminator's inputs are changed; null: not at all. */
  bounds: TransformBounds | null;
  /** Whether there is a gradient penalty. */
  penalised: boolean;
  /** Classes that the discriminator tells apart. */
  classes: number;
  random: RandomSource;
}

/**
 * The inputs of a step, with fresh random numbers. All but the batches' samples are the caller's, in `own`. The numbers for the update's other
 * micro-batches, which other ranks use, are drawn as well, so that every rank draws the same.
 */
export function drawInputs(
  { roles, latentSize }: Pick<TrainableModel, 'roles' | 'latentSize'>,
  batches: readonly TensorBatch[],
  { first, of, updates, fakes, bounds, penalised, classes, random }: Draws,
): StepInputs & { own: Tensor[] } {
  /** Draws for each micro-batch of the update, and keeps those for ours. */
  const drawAll = <T extends object>(draw: (batchSize: number) => T): T[] => {
    const all = Array.from({ length: of }, (_, index) => draw((batches[index - first] ?? batches[0]).images.shape[0]));
    dispose(all.filter((_, index) => batches[index - first] === undefined).flatMap(tensorsOf));
    return all.slice(first, first + batches.length);
  };
  const uniform = uniformOf(random, bounds !== null ? 'discriminatorAugmentation' : penalised ? 'gradientPenalty' : undefined);
  const latents = Array.from({ length: updates }, () =>
    drawAll((batchSize) => drawLatents(roles, { batchSize, latentSize }, random)),
  );
  const transforms = bounds && drawAll((batchSize) => drawTransforms({ bounds, fakes, batchSize, uniform }));
  const directions = penalised && drawAll((batchSize) => drawDirections(batchSize, uniform));
  const drawn = batches.map(({ wrongSounds, wrongImages, classIds }, index) => ({
    ...{ wrongSounds: oneHot(wrongSounds), wrongImages: oneHot(wrongImages) },
    ...(classes > 0 && { classes: oneHot(classIds!, classes) }),
    ...(transforms && { transforms: transforms[index] }),
    ...(directions && { directions: directions[index] }),
  }));
  return {
    batches: batches.map((batch, index) => ({ ...samplesOf(batch), ...drawn[index] })),
    latents,
    own: [...tensorsOf(drawn), ...tensorsOf(latents)],
  };
}

/** Draws from [0, 1). @param option the step's option that needs them; undefined: none does */
function uniformOf(random: RandomSource, option: string | undefined): () => number {
  if (option !== undefined && random.uniform === undefined) {
    throw new Error(`run: random must have uniform(), which ${option} draws from, such as createRandom of @cmcgan/random`);
  }
  return () => random.uniform!();
}

/** The samples that the encoders get. */
export function encoderInputs(batch: Pick<TensorBatch, 'images' | 'sounds' | 'encoderImages' | 'encoderSounds'>) {
  const { images, sounds, encoderImages: V = images, encoderSounds: A = sounds } = batch;
  return { V, A };
}

function oneHot(indices: ArrayLike<number>, columns = indices.length): Tensor2D {
  const values = new Float32Array(indices.length * columns);
  for (let row = 0; row < indices.length; row++) values[row * columns + indices[row]] = 1;
  return tensor2d(values, [indices.length, columns]);
}

/** The tensors in nested objects and arrays, in a fixed order. */
export function tensorsOf(inputs: object): Tensor[] {
  if (inputs instanceof Tensor) return [inputs];
  return Object.values(inputs).flatMap((each: object) => tensorsOf(each));
}

/** Inputs of the same structure with other tensors. */
export function mapInputs<T extends object>(inputs: T, map: (tensor: Tensor) => Tensor): T {
  if (inputs instanceof Tensor) return map(inputs) as unknown as T;
  if (Array.isArray(inputs)) return inputs.map((each: object) => mapInputs(each, map)) as unknown as T;
  const entries = Object.entries(inputs) as [string, object][];
  return Object.fromEntries(entries.map(([name, each]) => [name, mapInputs(each, map)])) as T;
}
