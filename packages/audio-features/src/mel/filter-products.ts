import { float64, int32, type SpectrumMemory } from '../wasm/spectrum-memory';
import type { SparseFilterbank } from './mel-filterbank';

/** What the module needs to multiply with a mel filterbank A [mels, bins]. */
export function filterArrays({ melCount, binCount, weights }: SparseFilterbank) {
  return {
    firstBin: int32(melCount),
    offset: int32(melCount + 1),
    weights: float64(weights.length),
    /** Sum of every filter's weights. */
    filterSums: float64(melCount),
    /** Sum of every bin's weights; 0 where no filter looks. */
    binSums: float64(binCount),
    /** A spectrum and a mel spectrum to work on. */
    bins: float64(binCount),
    mels: float64(melCount),
  };
}

/** Hands the filterbank to the module, and sums its weights. */
export function prepareFilters(memory: SpectrumMemory<ReturnType<typeof filterArrays>>, filterbank: SparseFilterbank): void {
  const { module, arrays } = memory;
  const { firstBin, offset, weights, filterSums, binSums, bins, mels } = arrays;
  firstBin.set(filterbank.firstBin);
  offset.set(filterbank.offset);
  weights.set(filterbank.weights);
  module.filters(mels.length, bins.length, firstBin.byteOffset, offset.byteOffset, weights.byteOffset);
  bins.fill(1);
  mels.fill(1);
  module.toMels(bins.byteOffset, filterSums.byteOffset);
  module.toBins(mels.byteOffset, binSums.byteOffset);
}
