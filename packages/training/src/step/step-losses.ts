import { dispose, keep, stack } from '@tensorflow/tfjs-core';
import type { Scalar } from '@tensorflow/tfjs-core';

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

/** Reads all losses of a step at once, so that a queueing backend is awaited only once, and disposes of them. One entry per micro-batch. */
export async function readLosses(discriminator: readonly LossParts[], generator: readonly LossParts[]): Promise<StepLosses> {
  const scalars = [...discriminator, ...generator].flatMap((parts) => Object.values<Scalar>(parts));
  const together = stack(scalars);
  dispose(scalars);
  const values = await together.data<'float32'>();
  together.dispose();
  const judged = discriminator.length * Object.keys(discriminator[0]).length;
  return {
    discriminator: meansOf(discriminator, values.subarray(0, judged)),
    generator: meansOf(generator, values.subarray(judged)),
  };
}

/** The mean of each part; `values` holds the parts of the first entry, then those of the next, and so on. */
function meansOf(entries: readonly LossParts[], values: Float32Array): LossNumbers {
  const names = Object.keys(entries[0]);
  const meanOf = (part: number) => {
    let sum = 0;
    for (let i = 0; i < entries.length; i++) sum += values[part + names.length * i];
    return sum / entries.length;
  };
  return Object.fromEntries(names.map((name, part) => [name, meanOf(part)])) as LossNumbers;
}
