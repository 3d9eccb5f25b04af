import type { TrainableModel } from '@cmcgan/model';
import type { Variable } from '@tensorflow/tfjs-core';

/** A model's trainable variables whose names start with one of these, in the order in which they were created. */
export function trainableVariables(model: Pick<TrainableModel, 'tensors'>, ...prefixes: readonly string[]): Variable[] {
  const named = Object.entries(model.tensors());
  return named
    .filter(([name, { trainable }]) => trainable && prefixes.some((prefix) => name.startsWith(prefix)))
    .map(([, variable]) => variable);
}
