import { describe, expect, it } from 'vitest';
import { openInversionMemory } from '../wasm/inversion-module';
import { float64 } from '../wasm/spectrum-memory';
import { inverseFilterArrays, prepareInverseFilters } from './inverse-filter-products';
import { melFilterbank, sparseMelFilterbank } from './mel-filterbank';

/** The module with a filterbank, and the same filters with their zeros. */
function filtersOf(options: { sampleRateHz: number; fftSize: number; melCount: number }) {
  const filterbank = sparseMelFilterbank(options, 'test');
  const { binCount } = filterbank;
  const others = { x: float64(binCount), ahead: float64(binCount), step: float64(binCount), gradient: float64(binCount) };
  const memory = openInversionMemory({ ...inverseFilterArrays(filterbank), ...others }, 'test');
  prepareInverseFilters(memory, filterbank);
  return { ...memory, dense: melFilterbank(options), binCount };
}

const OPTIONS = [
  { sampleRateHz: 44100, fftSize: 2048, melCount: 128 },
  { sampleRateHz: 8000, fftSize: 256, melCount: 40 }, // filters narrower than a bin
  { sampleRateHz: 16000, fftSize: 16, melCount: 3 },
];

describe.each(OPTIONS)('products with a filterbank: %o', (options) => {
  const { module, arrays, dense, binCount } = filtersOf(options);
  const { bins, mels, filterSums, binSums } = arrays;
  const { melCount } = options;

  it('equal those with the dense matrix, both ways', () => {
    for (let bin = 0; bin < binCount; bin++) bins[bin] = 1 + Math.sin(bin);
    module.toMels(bins.byteOffset, mels.byteOffset);
    for (let mel = 0; mel < melCount; mel++) {
      const sum = bins.reduce((total, value, bin) => total + value * dense[mel * binCount + bin]!, 0);
      expect(mels[mel]).toBeCloseTo(sum, 6);
    }
    module.toBins(mels.byteOffset, bins.byteOffset);
    for (let bin = 0; bin < binCount; bin += 3) {
      const sum = mels.reduce((total, value, mel) => total + value * dense[mel * binCount + bin]!, 0);
      expect(bins[bin]).toBeCloseTo(sum, 6);
    }
  });

  it('sum the weights of every filter and of every bin', () => {
    for (let mel = 0; mel < melCount; mel += 5) {
      const sum = dense.subarray(mel * binCount, (mel + 1) * binCount).reduce((total, weight) => total + weight, 0);
      expect(filterSums[mel]).toBeCloseTo(sum, 6);
    }
    expect(binSums.reduce((a, b) => a + b, 0)).toBeCloseTo(
      filterSums.reduce((a, b) => a + b, 0),
      9,
    );
  });

  it('descend a gradient, but not below zero', () => {
    const { x, ahead, step, gradient } = arrays;
    for (let k = 0; k < binCount; k++) [x[k], ahead[k], step[k], gradient[k]] = [k % 3, 1, 0.5, (k % 5) - 1];
    const before = x.slice();
    const slope = module.descend(x.byteOffset, ahead.byteOffset, step.byteOffset, gradient.byteOffset, 0.25);
    let expectedSlope = 0;
    for (let k = 0; k < binCount; k++) {
      const now = Math.max(0, 1 - 0.5 * ((k % 5) - 1));
      expect([x[k], ahead[k]]).toEqual([now, now + 0.25 * (now - before[k]!)]);
      expectedSlope += ((k % 5) - 1) * (now - before[k]!);
    }
    expect(slope).toBeCloseTo(expectedSlope, 9);
  });
});
