import { reshape, sign, stridedSlice, Tensor, transpose } from '@tensorflow/tfjs-core';

type Method = (this: Tensor, ...args: never[]) => Tensor;

/** The methods called by tfjs-layers' orthogonal initialiser, the default of LSTM and GRU layers. */
const METHODS: Record<string, Method> = {
  flatten(this: Tensor) {
    return reshape(this, [this.size]);
  },
  reshape(this: Tensor, shape: number[]) {
    return reshape(this, shape);
  },
  sign(this: Tensor) {
    return sign(this);
  },
  stridedSlice(this: Tensor, begin: number[], end: number[], strides?: number[]) {
    return stridedSlice(this, begin, end, strides);
  },
  transpose(this: Tensor, permutation?: number[]) {
    return transpose(this, permutation);
  },
};

/**
 * Adds missing tensor methods that otherwise only `@tensorflow/tfjs` adds: with just tfjs-core and tfjs-layers, an LSTM cannot be created.
 */
export function ensureTensorMethods(): void {
  const prototype = Tensor.prototype as unknown as Record<string, Method | undefined>;
  for (const [name, method] of Object.entries(METHODS)) prototype[name] ??= method;
}
