import type { FeaturesModule } from '../wasm/features-module';
import { float64 } from '../wasm/spectrum-memory';

/** Sums over the bins of the frame at hand. */
export interface SpectralShape {
  /** Σ |X|, Σ bin·|X| and Σ bin²·|X|; overwritten by the next frame's. */
  readonly moments: Float64Array;
  /** The lowest bin up to which `share` of the magnitudes lie. */
  rolloffBin(share: number): number;
  /** Geometric over arithmetic mean of the power, of which nothing counts as less than `least`. */
  flatness(least: number): number;
  /** The `count` largest powers from bin `first` on, and the smallest, of `length`. Valid until the next call. */
  extremes(places: Places): { largest: Float64Array; smallest: Float64Array };
}

/** Which bins to choose from; `stride` has no factor in common with half their number, rounded down. */
export interface Places {
  first: number;
  length: number;
  count: number;
  stride: number;
}

/** What the module needs for the shapes of spectra of `bins`. */
export const shapeArrays = (bins: number) => ({
  /** Three zeros follow. */
  power: float64(bins + 3),
  /** Three sums, and a bound. */
  sums: float64(4),
  work: float64(2 * bins),
});

type ShapeArrays = Record<keyof ReturnType<typeof shapeArrays>, Float64Array>;

/** Of the power at hand; `magnitude` gives its roots in float64, for what float32 has no room for. */
export function createSpectralShape(module: FeaturesModule, arrays: ShapeArrays, magnitude: () => Float64Array): SpectralShape {
  const { power, sums, work } = arrays;
  const bins = work.length / 2;
  const at = power.byteOffset;
  return {
    get moments() {
      module.moments(at, bins, sums.byteOffset);
      if (!(sums[0]! > 1e-12 && sums[0]! < 1e18)) momentsInto(sums, magnitude());
      return sums;
    },
    rolloffBin(share) {
      const bin = module.rolloff(at, bins, share, work.byteOffset);
      return bin >= 0 ? bin : rolloffOf(magnitude(), share);
    },
    flatness(least) {
      sums[3] = least;
      module.flatness(at, bins, sums.byteOffset + 3 * sums.BYTES_PER_ELEMENT, sums.byteOffset);
      const [mantissa, exponent, sum] = sums as unknown as [number, number, number];
      const hasRoom = least > 1e-30 && sum < 1e30;
      const logarithms = hasRoom ? Math.log(mantissa) + exponent * Math.LN2 : sumOfLogarithms(power.subarray(0, bins), least);
      return Math.exp(logarithms / bins) / (sum / bins);
    },
    extremes({ first, length, count, stride }) {
      const { byteOffset, BYTES_PER_ELEMENT } = work;
      const from = at + first * BYTES_PER_ELEMENT;
      module.extremes(from, length, count, stride, byteOffset, byteOffset + bins * BYTES_PER_ELEMENT);
      return { largest: work.subarray(0, count), smallest: work.subarray(bins, bins + count) };
    },
  };
}

function momentsInto(sums: Float64Array, magnitude: Float64Array): void {
  sums.fill(0);
  for (let bin = 0; bin < magnitude.length; bin++) {
    sums[0]! += magnitude[bin]!;
    sums[1]! += bin * magnitude[bin]!;
    sums[2]! += bin * bin * magnitude[bin]!;
  }
}

function rolloffOf(magnitude: Float64Array, share: number): number {
  const threshold = share * magnitude.reduce((sum, value) => sum + value, 0);
  let [sum, bin] = [magnitude[0]!, 0];
  while (sum < threshold) sum += magnitude[++bin]!;
  return bin;
}

const sumOfLogarithms = (power: Float64Array, least: number): number =>
  power.reduce((sum, value) => sum + Math.log(Math.max(value, least)), 0);
