import { createBinPlan } from './bin-plan';
import { placeOfHalf } from './fourier-arrays';
import { resolveFraming } from './frame-plan';
import { float64 } from '../wasm/spectrum-memory';
import { rectangular } from './window';

/** Autocorrelation by Fourier transforms; owns its buffers. */
export interface Autocorrelation {
  /** |X|² of the signal [size], padded to twice its length; valid until the next call. [powerCount] */
  powerOf(signal: ArrayLike<number>): Float64Array;
  /** From that power spectrum, Σ x(n)·x(n + lag) for the lags 0 … size - 1; valid until the next call. [size] */
  ofPower(power: Float64Array): Float64Array;
}

/** An autocorrelation for signals of `size` values. */
export function createAutocorrelation(size: number, where: string): Autocorrelation {
  const fftSize = 2 ** Math.max(2, Math.ceil(Math.log2(2 * size - 1)));
  const half = fftSize / 2;
  const framing = resolveFraming({ fftSize, window: rectangular, center: false }, where);
  const { module, arrays } = createBinPlan(framing, { power: float64(half + 1) }, where);
  const { input, re, power: found } = arrays;
  return {
    powerOf(signal) {
      input.fill(0);
      for (let n = 0; n < size; n++) input[placeOfHalf(n)] = signal[n]! / 2;
      module.forward();
      module.power(found.byteOffset, 0);
      return found;
    },
    ofPower(power) {
      // The power is even, so its transform is real and equals its inverse.
      for (let k = 0; k <= half; k++) {
        const share = power[k]! / fftSize / 2;
        input[placeOfHalf(k)] = share;
        if (k > 0) input[placeOfHalf(fftSize - k)] = share;
      }
      module.forward();
      return re.subarray(0, size);
    },
  };
}
