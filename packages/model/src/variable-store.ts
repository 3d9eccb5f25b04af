import { tensor, variable } from '@tensorflow/tfjs-core';
import type { Tensor1D, Tensor2D, Tensor4D, Variable } from '@tensorflow/tfjs-core';

/** How a variable starts: one value everywhere, or normal with that standard deviation. */
export type InitialValue = { constant: number } | { standardDeviation: number };

/** Where initial values come from: a seed, or a file. Row-major, as many as the shape holds. */
export type InitialValues = (name: string, shape: readonly number[], initial: InitialValue) => Float32Array;

/** The variables of one model by their stable dotted names, in the order in which they were made. */
export interface VariableStore {
  vector(name: string, length: number, initial: InitialValue, trainable?: boolean): Variable & Tensor1D;
  matrix(name: string, shape: [number, number], initial: InitialValue): Variable & Tensor2D;
  filter(name: string, shape: [number, number, number, number], initial: InitialValue): Variable & Tensor4D;
  readonly named: ReadonlyMap<string, Variable>;
}

/** An empty store. TensorFlow.js' own names stay unique by number, so that two models can live side by side. */
export function createVariableStore(initialValues: InitialValues): VariableStore {
  const named = new Map<string, Variable>();
  const add = (name: string, shape: number[], initial: InitialValue, trainable = true): Variable => {
    const start = tensor(initialValues(name, shape, initial), shape);
    const made = variable(start, trainable);
    start.dispose();
    named.set(name, made);
    return made;
  };
  return {
    vector: (name, length, initial, trainable) => add(name, [length], initial, trainable) as Variable & Tensor1D,
    matrix: (name, shape, initial) => add(name, shape, initial) as Variable & Tensor2D,
    filter: (name, shape, initial) => add(name, shape, initial) as Variable & Tensor4D,
    named,
  };
}
