import { assertArgument } from '../assert-argument';
import { hzToMel, melToHz } from './mel-scale';
import type { MelScale } from './mel-scale';

export interface MelOptions {
  sampleRateHz: number;
  /** Length of the Fourier transform the bins come from. Default 2048. */
  fftSize?: number;
  /** Default 128. */
  melCount?: number;
  /** Lower edge of the lowest filter. Default 0. */
  lowestHz?: number;
  /** Upper edge of the highest filter. Default sampleRateHz / 2. */
  highestHz?: number;
  /** Default `slaney`. */
  scale?: MelScale;
  /** `slaney`: every filter has unit area over Hz (the default); `none`: every filter peaks at 1. */
  norm?: 'slaney' | 'none';
}

/** The filterbank without its zeros: filter m weighs bins firstBin[m] … with weights offset[m] … offset[m + 1] - 1. */
export interface SparseFilterbank {
  melCount: number;
  binCount: number;
  firstBin: Int32Array;
  offset: Int32Array;
  weights: Float64Array;
}

/** Triangular mel filters as rows of their nonzero weights. Errors as `melFilterbank`, named after `where`. */
export function sparseMelFilterbank(options: MelOptions, where = 'sparseMelFilterbank'): SparseFilterbank {
  const { sampleRateHz, fftSize = 2048, melCount = 128, lowestHz = 0, highestHz = sampleRateHz / 2 } = options;
  const { scale = 'slaney', norm = 'slaney' } = options;
  assertArgument(sampleRateHz > 0 && Number.isFinite(sampleRateHz), where, 'sampleRateHz must be positive', sampleRateHz);
  assertArgument(Number.isInteger(fftSize) && fftSize >= 2, where, 'fftSize must be an integer of at least 2', fftSize);
  assertArgument(Number.isInteger(melCount) && melCount > 0, where, 'melCount must be a positive integer', melCount);
  const inOrder = lowestHz >= 0 && lowestHz < highestHz && highestHz <= sampleRateHz / 2;
  const range = `${lowestHz}..${highestHz}`;
  assertArgument(inOrder, where, `lowestHz..highestHz must lie within 0..${sampleRateHz / 2}`, range);
  const lowestMel = hzToMel(lowestHz, scale);
  const stepMel = (hzToMel(highestHz, scale) - lowestMel) / (melCount + 1);
  const cornersHz = Float64Array.from({ length: melCount + 2 }, (_, i) => melToHz(lowestMel + i * stepMel, scale));
  const binCount = Math.floor(fftSize / 2) + 1;
  const firstBin = new Int32Array(melCount);
  const offset = new Int32Array(melCount + 1);
  const weights: number[] = [];
  for (let mel = 0; mel < melCount; mel++) {
    const [low, peak, high] = [cornersHz[mel]!, cornersHz[mel + 1]!, cornersHz[mel + 2]!];
    const gain = norm === 'slaney' ? 2 / (high - low) : 1;
    const lastBin = Math.min(binCount - 1, Math.ceil((high * fftSize) / sampleRateHz));
    for (let bin = Math.floor((low * fftSize) / sampleRateHz); bin <= lastBin; bin++) {
      const frequencyHz = (bin * sampleRateHz) / fftSize;
      const weight = gain * Math.min((frequencyHz - low) / (peak - low), (high - frequencyHz) / (high - peak));
      if (weight <= 0) continue;
      if (weights.length === offset[mel]) firstBin[mel] = bin;
      weights.push(weight);
    }
    offset[mel + 1] = weights.length;
  }
  return { melCount, binCount, firstBin, offset, weights: Float64Array.from(weights) };
}

/**
 * Triangular mel filters, as `librosa.filters.mel`.
 *
 * @returns Float32Array [melCount, fftSize / 2 + 1], row 0 = lowest mel. A filter narrower than a bin may be all zeros.
 */
export function melFilterbank(options: MelOptions): Float32Array {
  const { melCount, binCount, firstBin, offset, weights } = sparseMelFilterbank(options, 'melFilterbank');
  const dense = new Float32Array(melCount * binCount); // [mels, bins]
  for (let mel = 0; mel < melCount; mel++) {
    dense.set(weights.subarray(offset[mel], offset[mel + 1]), mel * binCount + firstBin[mel]!);
  }
  return dense;
}
