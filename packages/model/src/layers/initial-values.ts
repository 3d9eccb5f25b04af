import { seededNormal } from '@cmcgan/random';
import type { Tensor } from '@tensorflow/tfjs-core';

/** Standard deviation of the initial weights, or 'he' for sqrt(2 / fan-in), which keeps the signal's scale without normalisation. */
export type Initialisation = number | 'he';

/** Initial value of a weight: a constant, or drawn from a normal distribution with the given standard deviation. */
export type InitialValue = { constant: number } | { standardDeviation: number };

/**
 * Provides initial values, from a seed, a file or another network: row-major, as many as the shape holds; or as a tensor of this shape,
 * which the layer takes over and whose memory must not be another's.
 */
export type InitialValues<Values extends Float32Array | Tensor = Float32Array | Tensor> = (
  name: string,
  shape: readonly number[],
  initial: InitialValue,
) => Values;

/** Normal weights with the given standard deviation, or He's for `fanIn` inputs. */
export function initialWeights(initialisation: Initialisation, fanIn: number): InitialValue {
  return { standardDeviation: initialisation === 'he' ? Math.sqrt(2 / fanIn) : initialisation };
}

/**
 * Initial values drawn from `seed` and each weight's name: the same on every backend, whatever was created before.
 *
 * @param functionName name of the function that was called, for the error message
 * @throws if the seed is not a whole number
 */
export function seededInitialValues(seed: number, functionName = 'seededInitialValues'): InitialValues<Float32Array> {
  if (!Number.isInteger(seed)) throw new Error(`${functionName}: seed must be a whole number, got ${seed}`);
  return (name, shape, initial) => {
    const size = shape.reduce((product, length) => product * length, 1);
    return 'constant' in initial
      ? new Float32Array(size).fill(initial.constant)
      : seededNormal(seed, name, size, initial.standardDeviation);
  };
}
