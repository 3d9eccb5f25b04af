import { SPECTRUM_MODULE } from './generated/spectrum-module';

/** What assembly/ exports. Arguments called `…At` are where arrays lie in the module's memory, in bytes: their `byteOffset`. */
export interface SpectrumModule {
  /** Says where the arrays of the Fourier transform of `size` real samples lie; see `fourierArrays`. */
  // prettier-ignore
  plan(size: number, twiddlesAt: number, turnsAt: number, windowAt: number, inputAt: number, frontAt: number, backAt: number, reAt: number, imAt: number): void;
  /** Windows `size` float32 samples and transforms them into re and im. */
  analyse(samplesAt: number): void;
  /** Transforms re and im back, windows the samples and adds them to `size` float64 sums. */
  synthesise(sumsAt: number): void;
  /** |X|² + floor of re and im. */
  power(powerAt: number, floor: number): void;
  /** One frame's step of Griffin-Lim with momentum, on re and im. */
  aim(targetPowerAt: number, lastReAt: number, lastImAt: number, pull: number): void;
  /** Says where the mel filterbank A lies; see `filterArrays`. */
  filters(melCount: number, binCount: number, firstBinAt: number, offsetAt: number, weightsAt: number): void;
  /** mels = A · bins */
  toMels(binsAt: number, melsAt: number): void;
  /** bins = Aᵀ · mels */
  toBins(melsAt: number, binsAt: number): void;
  /** A projected gradient step of non-negative least squares; returns the gradient's product with the way gone. */
  descend(xAt: number, aheadAt: number, stepAt: number, gradientAt: number, share: number): number;
  /** out = a · b · c */
  product(aAt: number, bAt: number, cAt: number, outAt: number): void;
}

let compiled: WebAssembly.Module | undefined;

/** A fresh instance on the memory given. The module is compiled when it is first asked for. */
export function instantiateSpectrumModule(memory: WebAssembly.Memory): SpectrumModule {
  compiled ??= new WebAssembly.Module(Uint8Array.from(atob(SPECTRUM_MODULE), (letter) => letter.charCodeAt(0)));
  const { exports } = new WebAssembly.Instance(compiled, { env: { memory } });
  return exports as unknown as SpectrumModule;
}
