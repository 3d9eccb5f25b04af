import { concat, dispose, keep, reshape, tidy } from '@tensorflow/tfjs-core';
import type { Scalar, Tensor1D } from '@tensorflow/tfjs-core';

/** The parts of a network's loss by name, all minimised; scalars that the caller owns. */
export type LossParts = { readonly total: Scalar } & Readonly<Record<string, Scalar>>;

/** The same parts as numbers, averaged over the micro-batches. */
export type LossNumbers = { readonly total: number } & Readonly<Record<string, number>>;

/** Losses of one step as minimised, by network. Which parts a total has depends on the variant. The generator's are of its last update. */
export interface StepLosses {
  readonly discriminator: LossNumbers;
  readonly generator: LossNumbers;
}

/** Keeps losses beyond tidy scopes; the step frees them when they are read. */
export function keepLosses(loss: LossParts): LossParts {
  Object.values<Scalar>(loss).forEach((part) => keep(part));
  return loss;
}

/** All losses of a step in one tensor, so that a queueing backend is awaited only once, and the names of the parts. */
export type JoinedLosses = {
  /** The discriminator's parts for each micro-batch, then the generator's. */
  values: Tensor1D;
  discriminatorNames: string[];
  generatorNames: string[];
  microBatches: number;
};

/** Joins the losses of each micro-batch and disposes of them. The caller owns the result. */
export function joinLosses(discriminator: readonly LossParts[], generator: readonly LossParts[]): JoinedLosses {
  const scalars = [...discriminator, ...generator].flatMap((parts) => Object.values<Scalar>(parts));
  const values: Tensor1D = tidy(() => concat(scalars.map((each) => reshape(each, [1]))) as Tensor1D);
  dispose(scalars);
  const [discriminatorNames, generatorNames] = [discriminator, generator].map(([parts]) => Object.keys(parts));
  return { values, discriminatorNames, generatorNames, microBatches: discriminator.length };
}

/** Reads the losses of a step. */
export async function readLosses({ values, ...names }: JoinedLosses): Promise<StepLosses> {
  const { discriminatorNames, generatorNames, microBatches } = names;
  const numbers = await values.data<'float32'>();
  const judged = microBatches * discriminatorNames.length;
  return {
    discriminator: meansOf(discriminatorNames, microBatches, numbers.subarray(0, judged)),
    generator: meansOf(generatorNames, microBatches, numbers.subarray(judged)),
  };
}

/** The mean of each part over the entries; `values` holds the parts of the first entry, then those of the next, and so on. */
function meansOf(names: readonly string[], entries: number, values: Float32Array): LossNumbers {
  const meanOf = (part: number) => {
    let sum = 0;
    for (let i = 0; i < entries; i++) sum += values[part + names.length * i];
    return sum / entries;
  };
  return Object.fromEntries(names.map((name, part) => [name, meanOf(part)])) as LossNumbers;
}
