import type { FeaturesModule } from '../wasm/features-module';
import { float64, int32, type Arrays } from '../wasm/spectrum-memory';

/** Sums over the bins of the current frame. */
export interface SpectralShape {
  readonly moments: Moments;
  /** The lowest bin up to which `share` of the magnitudes lie. */
  rolloffBin(share: number): number;
  /** Geometric over arithmetic mean of the power, each bin raised to at least `least`. */
  flatness(least: number): number;
  /**
   * Mean magnitude of the loudest bins of each band → [bands], followed by that of the softest. Bands are [bands, 3]: the first bin, the
   * number of bins, and how many of them to average.
   */
  extremes(bands: Int32Array, into: Float64Array): void;
}

/** Σ |X|, Σ bin·|X| and Σ bin²·|X| */
export interface Moments {
  sum: number;
  moment: number;
  square: number;
}

/** More octaves than any spectrum has. */
const MOST_BANDS = 32;

/** The arrays that the module needs for the shapes of spectra of `bins`. */
export const shapeArrays = (bins: number) => ({
  /** Followed by three zeros. */
  power: float64(bins + 3),
  /** Three sums and a bound. */
  sums: float64(4),
  work: float64(2 * bins + 6),
  /** Three numbers per band; `found` holds its extremes. */
  bands: int32(3 * MOST_BANDS),
  found: float64(2 * MOST_BANDS),
});

type ShapeArrays = Arrays<ReturnType<typeof shapeArrays>>;

/** The shape of the current power; `magnitude` returns its square roots in float64, for values beyond the range of float32. */
export function createSpectralShape(module: FeaturesModule, arrays: ShapeArrays, magnitude: () => Float64Array): SpectralShape {
  const { power, sums, work, bands: held, found } = arrays;
  const bins = power.length - 3;
  const at = power.byteOffset;
  return {
    get moments() {
      module.moments(at, bins, sums.byteOffset);
      const hasRoom = sums[0]! > 1e-12 && sums[0]! < 1e18;
      return hasRoom ? { sum: sums[0]!, moment: sums[1]!, square: sums[2]! } : momentsOf(magnitude());
    },
    rolloffBin(share) {
      const bin = module.rolloff(at, bins, share, work.byteOffset);
      return bin >= 0 ? bin : rolloffOf(magnitude(), share);
    },
    flatness(least) {
      sums[3] = least;
      module.flatness(at, bins, sums.byteOffset + 3 * sums.BYTES_PER_ELEMENT, sums.byteOffset);
      const [mantissa, exponent, sum] = [sums[0]!, sums[1]!, sums[2]!];
      const hasRoom = least > 1e-30 && sum < 1e30;
      const logarithms = hasRoom ? Math.log(mantissa) + exponent * Math.LN2 : sumOfLogarithms(power.subarray(0, bins), least);
      return Math.exp(logarithms / bins) / (sum / bins);
    },
    extremes(bands, into) {
      held.set(bands);
      module.extremes(at, held.byteOffset, bands.length / 3, work.byteOffset, found.byteOffset);
      for (let i = 0; i < (2 * bands.length) / 3; i++) into[i] = found[i]!;
    },
  };
}

function momentsOf(magnitude: Float64Array): Moments {
  let [sum, moment, square] = [0, 0, 0];
  for (let bin = 0; bin < magnitude.length; bin++) {
    sum += magnitude[bin]!;
    moment += bin * magnitude[bin]!;
    square += bin * bin * magnitude[bin]!;
  }
  return { sum, moment, square };
}

function rolloffOf(magnitude: Float64Array, share: number): number {
  const threshold = share * magnitude.reduce((sum, value) => sum + value, 0);
  let [sum, bin] = [magnitude[0]!, 0];
  while (sum < threshold) sum += magnitude[++bin]!;
  return bin;
}

const sumOfLogarithms = (power: Float64Array, least: number): number =>
  power.reduce((sum, value) => sum + Math.log(Math.max(value, least)), 0);
