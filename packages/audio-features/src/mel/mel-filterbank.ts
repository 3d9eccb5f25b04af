import { assertArgument, assertInteger, assertOneOf } from '../assert-argument';
import { assertOptions, RATE_ELSEWHERE, type OptionNames } from '../assert-options';
import { framingNames } from '../fourier/frame-plan';
import { hzToMel, melToHz } from './mel-scale';
import type { MelScale } from './mel-scale';

export interface MelOptions {
  sampleRateHz: number;
  /** Length of the Fourier transform that yields the bins. Default 2048. */
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

/** Names of the filters' options, apart from the transform's. */
export const filterNames = (): OptionNames<Omit<MelOptions, 'sampleRateHz' | 'fftSize'>> => ({
  melCount: 'nmels nummels nummelbins mels',
  lowestHz: 'fmin lowfreq',
  highestHz: 'fmax highfreq',
  scale: 'htk melscale',
  norm: 'melnorm',
});

export const melNames = (): OptionNames<MelOptions> => ({
  sampleRateHz: RATE_ELSEWHERE,
  fftSize: framingNames().fftSize,
  ...filterNames(),
});

/** The filterbank without its zeros: filter m weights the bins from firstBin[m] on with weights offset[m] … offset[m + 1] - 1. */
export interface SparseFilterbank {
  melCount: number;
  binCount: number;
  firstBin: number[];
  offset: number[];
  weights: number[];
}

/** Triangular mel filters as rows of their nonzero weights. Errors as `melFilterbank`, named after `where`, except for `fftSize`. */
export function sparseMelFilterbank(options: MelOptions, where: string): SparseFilterbank {
  const { sampleRateHz, fftSize = 2048, melCount = 128, lowestHz = 0, highestHz = sampleRateHz / 2 } = options;
  const { scale = 'slaney', norm = 'slaney' } = options;
  assertArgument(sampleRateHz > 0 && Number.isFinite(sampleRateHz), where, 'sampleRateHz must be positive', sampleRateHz);
  assertInteger({ melCount }, where, 1);
  assertOneOf({ scale }, where, ['slaney', 'htk']);
  assertOneOf({ norm }, where, ['slaney', 'none']);
  assertRange({ sampleRateHz, lowestHz, highestHz }, where);
  const lowestMel = hzToMel(lowestHz, scale);
  const stepMel = (hzToMel(highestHz, scale) - lowestMel) / (melCount + 1);
  const cornersHz = Float64Array.from({ length: melCount + 2 }, (_, i) => melToHz(lowestMel + i * stepMel, scale));
  const placeOf = (bin: number) => (bin * sampleRateHz) / fftSize;
  const gainOf = (mel: number) => (norm === 'slaney' ? 2 / (cornersHz[mel + 2]! - cornersHz[mel]!) : 1);
  return triangles({ corners: cornersHz, binCount: (fftSize >> 1) + 1, placeOf, gainOf });
}

/** Throws unless `fftSize` is valid. */
export const assertFftSize = ({ fftSize = 2048 }: Pick<MelOptions, 'fftSize'>, where: string): void =>
  assertInteger({ fftSize }, where, 2);

/** Throws unless the edges of the filters are in order and within half the rate. */
export function assertRange(
  { sampleRateHz, lowestHz, highestHz }: Record<'sampleRateHz' | 'lowestHz' | 'highestHz', number>,
  where: string,
): void {
  const inOrder = lowestHz >= 0 && lowestHz < highestHz && highestHz <= sampleRateHz / 2;
  assertArgument(inOrder, where, `lowestHz..highestHz must lie within 0..${sampleRateHz / 2}`, `${lowestHz}..${highestHz}`);
}

/**
 * Triangles over an axis on which bin k lies at `placeOf(k)`, increasing with k; filter m spans corners m to m + 2, with its peak at m + 1.
 */
interface Triangles {
  /** [melCount + 2] */
  corners: Float64Array;
  binCount: number;
  placeOf: (bin: number) => number;
  /** The height of filter m. */
  gainOf: (mel: number) => number;
}

export function triangles({ corners, binCount, placeOf, gainOf }: Triangles): SparseFilterbank {
  const melCount = corners.length - 2;
  const firstBin: number[] = [];
  const offset = [0];
  const weights: number[] = [];
  let start = 0;
  for (let mel = 0; mel < melCount; mel++) {
    const [low, peak, high] = [corners[mel]!, corners[mel + 1]!, corners[mel + 2]!];
    while (start < binCount && placeOf(start) <= low) start++;
    firstBin.push(start);
    for (let bin = start, place; bin < binCount && (place = placeOf(bin)) < high; bin++) {
      weights.push(gainOf(mel) * Math.min((place - low) / (peak - low), (high - place) / (high - peak)));
    }
    offset.push(weights.length);
  }
  return { melCount, binCount, firstBin, offset, weights };
}

/**
 * Triangular mel filters, as `librosa.filters.mel`.
 *
 * @returns Float32Array [melCount, floor(fftSize / 2) + 1], row 0 = lowest mel. A filter narrower than a bin may be all zeros.
 */
export function melFilterbank(options: MelOptions): Float32Array {
  assertOptions(options, melNames(), 'melFilterbank');
  assertFftSize(options, 'melFilterbank');
  const { melCount, binCount, firstBin, offset, weights } = sparseMelFilterbank(options, 'melFilterbank');
  const dense = new Float32Array(melCount * binCount); // [mels, bins]
  for (let mel = 0; mel < melCount; mel++) {
    dense.set(weights.slice(offset[mel], offset[mel + 1]), mel * binCount + firstBin[mel]!);
  }
  return dense;
}
