import { compileModule } from './compile-module';
import { INVERSION_MODULE } from './generated/inversion-module';
import type { SpectrumModule } from './spectrum-module';
import { openSpectrumMemory, type ArrayTable, type SpectrumMemory } from './spectrum-memory';

/** What assembly/inversion.ts exports: samples to bins, and back from bins and mels. Addresses as in `SpectrumModule`. */
export interface InversionModule {
  /** Same as the spectrum module's `plan`, plus the addresses of the bins. */
  planBins(size: number, turnsAt: number, windowAt: number, inputAt: number, reAt: number, imAt: number): void;
  /** Windows `size` float32 samples and transforms them into re and im. */
  analyse(samplesAt: number): void;
  /** Transforms the samples in `input` (halved, if their number is even) into re and im. */
  forward(): void;
  /** |X|² + floor of re and im. */
  power(powerAt: number, floor: number): void;
  /** Transforms re and im back, windows the samples and adds them to `size` float64 sums. */
  synthesise(sumsAt: number): void;
  /** One frame's step of Griffin-Lim with momentum, on re and im. */
  aim(targetPowerAt: number, lastReAt: number, lastImAt: number, pull: number): void;
  /** Sets the addresses of the mel filterbank A; see `filterArrays`. */
  inverseFilters(melCount: number, binCount: number, firstBinAt: number, offsetAt: number, weightsAt: number): void;
  /** bins = Aᵀ · mels */
  toBins(melsAt: number, binsAt: number): void;
  /** A projected gradient step of non-negative least squares; returns the dot product of the gradient and the change in x. */
  descend(xAt: number, aheadAt: number, stepAt: number, gradientAt: number, share: number): number;
  /** out = a · b · c */
  product(aAt: number, bAt: number, cAt: number, outAt: number): void;
}

/** Both modules on one memory. */
export type TwoWayModule = SpectrumModule & InversionModule;

let compiled: WebAssembly.Module | undefined;

/** Same as `openSpectrumMemory`, but also with the inversion module. */
export function openInversionMemory<T extends ArrayTable>(table: T, where: string): SpectrumMemory<T, TwoWayModule> {
  const { module: spectrum, arrays, memory } = openSpectrumMemory(table, where);
  compiled ??= compileModule(INVERSION_MODULE);
  const { exports } = new WebAssembly.Instance(compiled, { env: { memory }, 'spectrum-transform': { ...spectrum } });
  return { module: { ...spectrum, ...(exports as unknown as InversionModule) }, arrays, memory };
}
