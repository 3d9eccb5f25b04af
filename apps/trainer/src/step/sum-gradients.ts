import { add, dispose } from '@tensorflow/tfjs-core';
import type { Tensor } from '@tensorflow/tfjs-core';

/** The sums of two lists of gradients, tensor by tensor; disposes both lists. Without a first list the second one itself. */
export function sumGradients(sum: Tensor[] | undefined, gradients: Tensor[]): Tensor[] {
  if (sum === undefined) return gradients;
  const added = gradients.map((gradient, i) => add(sum[i], gradient));
  dispose([...sum, ...gradients]);
  return added;
}
