import { float64, int32, type SpectrumMemory } from '../wasm/spectrum-memory';
import type { SparseFilterbank } from './mel-filterbank';

/** The arrays that the module needs to multiply by a mel filterbank A [mels, bins]. */
export function filterArrays({ melCount, binCount, weights }: SparseFilterbank) {
  return {
    firstBin: int32(melCount),
    offset: int32(melCount + 1),
    weights: float64(weights.length),
    /** A spectrum and a mel spectrum to work on. */
    bins: float64(binCount),
    mels: float64(melCount),
  };
}

/** Passes the filterbank to the module. */
export function prepareFilters(memory: SpectrumMemory<ReturnType<typeof filterArrays>>, filterbank: SparseFilterbank): void {
  const { firstBin, offset, weights, mels } = memory.arrays;
  firstBin.set(filterbank.firstBin);
  offset.set(filterbank.offset);
  weights.set(filterbank.weights);
  memory.module.filters(mels.length, firstBin.byteOffset, offset.byteOffset, weights.byteOffset);
}
