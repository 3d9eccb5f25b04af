import { tidy, type Tensor, type Variable } from '@tensorflow/tfjs-core';

/** Gives variables the values of the tensors of their names; there has to be one for each. */
export function copyTensors(from: Readonly<Record<string, Tensor>>, to: Readonly<Record<string, Variable>>): void {
  // Through an operation: a variable that shares its memory with another one must not be changed in place.
  tidy(() => {
    for (const [name, variable] of Object.entries(to)) variable.assign(from[name].clone());
  });
}
