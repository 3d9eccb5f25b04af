import { seededNormal } from '@cmcgan/random';

/** Standard deviation of the initial weights, or 'he' for sqrt(2 / fan-in), which keeps the signal's scale without normalisation. */
export type Initialisation = number | 'he';

/** How a weight starts: one value everywhere, or normal with that standard deviation. */
export type InitialValue = { constant: number } | { standardDeviation: number };

/** Where initial values come from: a seed, or a file. Row-major, as many as the shape holds. */
export type InitialValues = (name: string, shape: readonly number[], initial: InitialValue) => Float32Array;

/** Normal weights of the given deviation, or of He's for `fanIn` inputs. */
export function initialWeights(initialisation: Initialisation, fanIn: number): InitialValue {
  return { standardDeviation: initialisation === 'he' ? Math.sqrt(2 / fanIn) : initialisation };
}

/**
 * Initial values drawn from `seed` and each weight's name: the same on every backend, whatever was created before.
 *
 * @param functionName for the error message: the function that was called
 * @throws where the seed is not a whole number
 */
export function seededInitialValues(seed: number, functionName = 'seededInitialValues'): InitialValues {
  if (!Number.isInteger(seed)) throw new Error(`${functionName}: seed must be a whole number, got ${seed}`);
  return (name, shape, initial) => {
    const size = shape.reduce((product, length) => product * length, 1);
    return 'constant' in initial
      ? new Float32Array(size).fill(initial.constant)
      : seededNormal(seed, name, size, initial.standardDeviation);
  };
}
