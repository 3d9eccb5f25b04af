import { discreteCosines, type DctType } from '../mel/discrete-cosines';
import { sparseMelFilterbank, type MelOptions, type SparseFilterbank } from '../mel/mel-filterbank';
import { assertArgument } from '../assert-argument';
import type { Feature } from './spectral-frames';

/** Mel power of a frame, or dB if `inDecibels`. */
export function melFeature(options: MelOptions, where: string, inDecibels: boolean): Feature {
  const filterbank = sparseMelFilterbank(options, where);
  return {
    size: filterbank.melCount,
    measure({ power }, into) {
      applyFilters(filterbank, power, into);
      if (inDecibels) for (let mel = 0; mel < filterbank.melCount; mel++) into[mel] = decibelsOf(into[mel]!);
    },
  };
}

export interface MfccFeatureOptions extends Omit<MelOptions, 'norm'> {
  coefficientCount?: number;
  dctType?: DctType;
  norm?: 'ortho' | 'none';
  melNorm?: 'slaney' | 'none';
}

/** MFCCs of a frame: those of `mfcc` with `topDb` Infinity, since the loudest frame may be yet to come. */
export function mfccFeature(
  { coefficientCount = 20, dctType = 2, norm = 'ortho', melNorm, ...mel }: MfccFeatureOptions,
  where: string,
): Feature {
  const { size: melCount, measure } = melFeature({ ...mel, norm: melNorm }, where, true);
  const fits = Number.isInteger(coefficientCount) && coefficientCount > 0 && coefficientCount <= melCount;
  assertArgument(fits, where, `coefficientCount must be an integer in 1..${melCount}`, coefficientCount);
  const cosines = discreteCosines({ rows: coefficientCount, columns: melCount, type: dctType, norm }, where);
  const mels = new Float64Array(melCount);
  return {
    size: coefficientCount,
    measure(frame, into) {
      measure(frame, mels);
      for (let c = 0; c < coefficientCount; c++) {
        let sum = 0;
        for (let mel = 0; mel < melCount; mel++) sum += cosines[c * melCount + mel]! * mels[mel]!;
        into[c] = sum;
      }
    },
  };
}

const decibelsOf = (power: number) => 10 * Math.log10(Math.max(power, 1e-10));

function applyFilters({ melCount, firstBin, offset, weights }: SparseFilterbank, power: Float64Array, into: Float64Array): void {
  for (let mel = 0; mel < melCount; mel++) {
    let sum = 0;
    for (let at = offset[mel]!, bin = firstBin[mel]!; at < offset[mel + 1]!; at++, bin++) sum += weights[at]! * power[bin]!;
    into[mel] = sum;
  }
}
