import { reshape, sign, stridedSlice, Tensor, transpose } from '@tensorflow/tfjs-core';

type Method = (this: Tensor, ...args: never[]) => Tensor;

/** The methods that tfjs-layers' orthogonal initialiser calls, which LSTM and GRU layers begin with. */
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
 * Adds methods to tensors that only `@tensorflow/tfjs` adds, where they are missing: with tfjs-core and tfjs-layers alone no LSTM could be
 * made.
 */
export function ensureTensorMethods(): void {
  const prototype = Tensor.prototype as unknown as Record<string, Method | undefined>;
  for (const [name, method] of Object.entries(METHODS)) prototype[name] ??= method;
}
