import type { TwoWayModule } from '../wasm/inversion-module';
import { float64, type SpectrumMemory } from '../wasm/spectrum-memory';
import { filterArrays, prepareFilters } from './filter-products';
import type { SparseFilterbank } from './mel-filterbank';

/** The arrays that the modules need to multiply by a mel filterbank A [mels, bins] and by its transpose. */
export function inverseFilterArrays(filterbank: SparseFilterbank) {
  return {
    ...filterArrays(filterbank),
    /** Sum of every filter's weights. */
    filterSums: float64(filterbank.melCount),
    /** Sum of every bin's weights; 0 if no filter covers it. */
    binSums: float64(filterbank.binCount),
  };
}

type InverseFilterMemory = SpectrumMemory<ReturnType<typeof inverseFilterArrays>, TwoWayModule>;

/** Passes the filterbank to both modules, and sums its weights. */
export function prepareInverseFilters(memory: InverseFilterMemory, filterbank: SparseFilterbank): void {
  prepareFilters(memory, filterbank);
  const { module, arrays } = memory;
  const { firstBin, offset, weights, filterSums, binSums, bins, mels } = arrays;
  module.inverseFilters(mels.length, bins.length, firstBin.byteOffset, offset.byteOffset, weights.byteOffset);
  bins.fill(1);
  mels.fill(1);
  module.toMels(bins.byteOffset, filterSums.byteOffset);
  module.toBins(mels.byteOffset, binSums.byteOffset);
}
