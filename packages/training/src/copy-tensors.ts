import { tidy, type Tensor, type Variable } from '@tensorflow/tfjs-core';

/** Copies tensors to the variables of the same name; each variable needs one. */
export function copyTensors(from: Readonly<Record<string, Tensor>>, to: Readonly<Record<string, Variable>>): void {
  // Through an operation, as variables that share memory must not be changed in place.
  tidy(() => {
    for (const [name, variable] of Object.entries(to)) variable.assign(from[name].clone());
  });
}
