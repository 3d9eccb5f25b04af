import type { SparseFilterbank } from './mel-filterbank';

/** Products of a mel filterbank A [mels, bins] with one spectrum at a time, into the array given. */
export interface FilterProducts {
  /** mels = A · bins */
  toMels(bins: Float64Array, mels: Float64Array): void;
  /** bins = Aᵀ · mels */
  toBins(mels: Float64Array, bins: Float64Array): void;
  /** Sum of every filter's weights, [mels]. */
  readonly filterSums: Float64Array;
  /** Sum of every bin's weights, [bins]; 0 where no filter looks. */
  readonly binSums: Float64Array;
}

export function createFilterProducts({ melCount, binCount, firstBin, offset, weights }: SparseFilterbank): FilterProducts {
  function toMels(bins: Float64Array, mels: Float64Array): void {
    for (let mel = 0; mel < melCount; mel++) {
      const end = offset[mel + 1]!;
      let i = offset[mel]!;
      let bin = firstBin[mel]!;
      let sum = 0;
      let other = 0; // two sums: one alone would wait for each of its additions
      for (; i + 1 < end; i += 2, bin += 2) {
        sum += weights[i]! * bins[bin]!;
        other += weights[i + 1]! * bins[bin + 1]!;
      }
      if (i < end) sum += weights[i]! * bins[bin]!;
      mels[mel] = sum + other;
    }
  }
  function toBins(mels: Float64Array, bins: Float64Array): void {
    bins.fill(0);
    for (let mel = 0; mel < melCount; mel++) {
      const end = offset[mel + 1]!;
      const value = mels[mel]!;
      for (let i = offset[mel]!, bin = firstBin[mel]!; i < end; i++, bin++) bins[bin]! += weights[i]! * value;
    }
  }
  const filterSums = new Float64Array(melCount);
  const binSums = new Float64Array(binCount);
  toMels(new Float64Array(binCount).fill(1), filterSums);
  toBins(new Float64Array(melCount).fill(1), binSums);
  return { toMels, toBins, filterSums, binSums };
}
