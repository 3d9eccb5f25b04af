import { compileModule } from './compile-module';
import { FEATURES_MODULE } from './generated/features-module';

/**
 * What assembly/features.ts exports. Addresses as in `SpectrumModule`; `bins` counts the numbers of a power spectrum, which must be
 * followed by three zeros.
 */
export interface FeaturesModule {
  /** Σ |X|, Σ bin·|X| and Σ bin²·|X|. */
  moments(powerAt: number, bins: number, outAt: number): void;
  /** The lowest bin up to which `share` of the magnitudes lie, or -1 if they are too small or too large. Work: [2·bins]. */
  rolloff(powerAt: number, bins: number, share: number, workAt: number): number;
  /** Product of the bins, as mantissa and exponent of 2, and their sum, each bin raised to at least the number at `leastAt`. */
  flatness(powerAt: number, bins: number, leastAt: number, outAt: number): void;
  /**
   * The mean square root of each band's largest values [bandCount], followed by that of its smallest. Bands are int32 [bandCount, 3]: first
   * bin, number of bins, number of values. Work: [2·bins + 6].
   */
  extremes(powerAt: number, bandsAt: number, bandCount: number, workAt: number, outAt: number): void;
  /**
   * Products of `rows` rows of `columns` weights with a power spectrum, which must be followed by a zero, and the weights by any number.
   */
  products(weightsAt: number, rows: number, columns: number, powerAt: number, outAt: number): void;
  /** Σ x² of `count` blocks of `block` float32 samples, a multiple of 4. */
  energies(samplesAt: number, block: number, count: number, outAt: number): void;
}

let compiled: WebAssembly.Module | undefined;

/** A fresh instance on the given memory. */
export function openFeaturesModule(memory: WebAssembly.Memory): FeaturesModule {
  compiled ??= compileModule(FEATURES_MODULE);
  return new WebAssembly.Instance(compiled, { env: { memory } }).exports as unknown as FeaturesModule;
}
