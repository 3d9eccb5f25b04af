import { compileModule } from './compile-module';
import { SPECTRUM_MODULE } from './generated/spectrum-module';

/** What assembly/spectrum.ts exports. Arguments named `…At` are the addresses of arrays in the module's memory: their `byteOffset`. */
export interface SpectrumModule {
  /** Sets the addresses of the arrays for the Fourier transform of `size` real samples; see `fourierArrays`. */
  plan(size: number, turnsAt: number, windowAt: number, inputAt: number): void;
  /** The same for the underlying transform of `points` complex values, which uses one of a power of two, `size`. */
  // prettier-ignore
  planTransform(points: number, size: number, twiddlesAt: number, frontAt: number, backAt: number, chirpAt: number): void;
  /** Transforms `points` complex values; returns where the result lies. */
  transform(reAt: number, imAt: number): number;
  /** Windows `size` float32 samples and transforms them as complex values; for the inversion module. */
  transformSamples(samplesAt: number): number;
  /** Windows `size` float32 samples: |X|² of every bin, with room for one number more. */
  powerOf(samplesAt: number, powerAt: number): void;
  /** Sets the addresses of the mel filterbank A; see `filterArrays`. */
  filters(melCount: number, firstBinAt: number, offsetAt: number, weightsAt: number): void;
  /** mels = A · bins */
  toMels(binsAt: number, melsAt: number): void;
}

let compiled: WebAssembly.Module | undefined;

/** A fresh instance on the given memory. The module is compiled on first use. */
export function instantiateSpectrumModule(memory: WebAssembly.Memory): SpectrumModule {
  compiled ??= compileModule(SPECTRUM_MODULE);
  return new WebAssembly.Instance(compiled, { env: { memory } }).exports as unknown as SpectrumModule;
}
