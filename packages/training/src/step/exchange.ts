import { concat, dispose, reshape, split, tensor1d, tidy } from '@tensorflow/tfjs-core';
import type { Tensor, Tensor1D } from '@tensorflow/tfjs-core';
import type { PausingStep } from '@cmcgan/tfjs-kernels';

/** Sums tensors over all ranks; owns the given ones. The caller owns the sums. */
export type SumOverRanks = (tensors: readonly Tensor[]) => PausingStep<Tensor[]>;

/** For a lone process: the tensors are the sums. */
// eslint-disable-next-line require-yield -- there is nobody to wait for
export const sumAlone: SumOverRanks = function* (tensors) {
  return [...tensors];
};

/** Pauses once, with all values in one tensor, which whoever runs the step replaces by the sums over all ranks. */
export const sumOverRanks: SumOverRanks = function* (tensors) {
  const shapes = tensors.map(({ shape }) => shape);
  const sizes = tensors.map(({ size }) => size);
  const flat = tidy(() => concat(tensors.map((tensor): Tensor1D => reshape(tensor, [tensor.size]))));
  dispose([...tensors]);
  const sums = yield flat;
  const parts = tidy(() => split(sums, sizes).map((part, i) => reshape(part, shapes[i])));
  dispose(sums);
  return parts;
};

/** Runs a step with pauses: `onPause` gets the values that it yields, and may overwrite them. */
export async function runWithPauses<T>(parts: PausingStep<T>, onPause: (values: Float32Array) => Promise<void>): Promise<T> {
  let next = parts.next();
  while (!next.done) {
    const yielded: Tensor1D = next.value;
    const values = await yielded.data<'float32'>();
    yielded.dispose();
    await onPause(values);
    next = parts.next(tensor1d(values));
  }
  return next.value;
}
