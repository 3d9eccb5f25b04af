import { add, addN, concat, dispose, mul, stack, tidy } from '@tensorflow/tfjs-core';
import type { Scalar, Tensor1D } from '@tensorflow/tfjs-core';

/** The parts of a network's loss by name, all minimised; scalars that the caller owns. */
export type LossParts = { readonly total: Scalar } & Readonly<Record<string, Scalar>>;

/** A further part of a loss, which counts by its weight. */
export interface WeightedPart {
  readonly name: string;
  readonly weight: number;
  readonly loss: Scalar;
}

/** A loss with further parts, of which its total is the weighted sum. To be called inside a tape. */
export function withParts(loss: LossParts, parts: readonly WeightedPart[]): LossParts {
  if (parts.length === 0) return loss;
  return {
    ...loss,
    total: addN([loss.total, ...parts.map(({ weight, loss: part }) => mul<Scalar>(weight, part))]),
    ...Object.fromEntries(parts.map(({ name, loss: part }) => [name, part])),
  };
}

/** The same parts as numbers, averaged over the micro-batches. */
export type LossNumbers = { readonly total: number } & Readonly<Record<string, number>>;

/** Losses of one step as minimised, by network. Which parts a total has depends on the variant. The generator's are of its last update. */
export interface StepLosses {
  readonly discriminator: LossNumbers;
  readonly generator: LossNumbers;
}

/** A network's losses: the names of its parts, and a tensor of their sums over the micro-batches, in that order. */
export interface SummedLosses {
  names: string[];
  sums: Tensor1D;
}

/** Adds a micro-batch's losses to those before it, and disposes of both. */
export function addLosses(before: SummedLosses | undefined, loss: LossParts): SummedLosses {
  const own = tidy(() => stack(Object.values<Scalar>(loss)) as Tensor1D);
  dispose({ ...loss });
  const names = Object.keys(loss);
  if (before === undefined) return { names, sums: own };
  const sums: Tensor1D = add(before.sums, own);
  dispose([before.sums, own]);
  return { names, sums };
}

/** All losses of a step in one tensor, so that a queueing backend is awaited only once, and the names of the parts. */
export type JoinedLosses = {
  /** The sums of the discriminator's parts over the micro-batches, then of the generator's. */
  values: Tensor1D;
  discriminatorNames: string[];
  generatorNames: string[];
  microBatches: number;
};

/** Joins both networks' losses and disposes of them. The caller owns the result. @param microBatches how many they are summed over */
export function joinLosses(discriminator: SummedLosses, generator: SummedLosses, microBatches: number): JoinedLosses {
  const values = tidy(() => concat([discriminator.sums, generator.sums]));
  dispose([discriminator.sums, generator.sums]);
  return { values, discriminatorNames: discriminator.names, generatorNames: generator.names, microBatches };
}

/** Reads the losses of a step. */
export async function readLosses({ values, ...names }: JoinedLosses): Promise<StepLosses> {
  const { discriminatorNames, generatorNames, microBatches } = names;
  const sums = await values.data<'float32'>();
  const meansOf = (parts: readonly string[], first: number) =>
    Object.fromEntries(parts.map((name, part) => [name, sums[first + part] / microBatches])) as LossNumbers;
  return { discriminator: meansOf(discriminatorNames, 0), generator: meansOf(generatorNames, discriminatorNames.length) };
}
