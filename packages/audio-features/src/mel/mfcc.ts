import { assertArgument } from '../assert-argument';
import { assertOptions, type OptionNames } from '../assert-options';
import { leastDecibels, melToDecibels } from './decibels';
import { reuseCosines, type DctShape, type DctType } from './discrete-cosines';
import { melSpectrumNames, melSpectrumOf, reuseMelPlan } from './mel-spectrum';
import type { MelSpectrumOptions } from './mel-spectrum';

export interface MfccOptions extends Omit<MelSpectrumOptions, 'norm'> {
  /** Coefficients to keep, at most melCount. Default 20. */
  coefficientCount?: number;
  /** Type of the discrete cosine transform. Default 2. */
  dctType?: DctType;
  /** Norm of the cosine transform: `ortho` (the default) or `none`, as scipy's `dct` without a norm. */
  norm?: 'ortho' | 'none';
  /** Norm of the mel filters: `slaney`, unit area over Hz (the default), or `none`, peaks at 1. */
  melNorm?: 'slaney' | 'none';
  /** Coefficient n is multiplied by 1 + lifter / 2 · sin(π(n + 1) / lifter); 0 (the default) disables this. */
  lifter?: number;
  /** Mel levels further below the loudest are raised to this distance, as by `librosa.power_to_db`. Default 80; Infinity: none. */
  topDb?: number;
}

/** Names of the cosine transform's options; `norm` is the transform's here, and `melNorm` the filters'. */
export const cepstrumNames = (): OptionNames<Pick<MfccOptions, 'coefficientCount' | 'dctType' | 'norm' | 'melNorm'>> => ({
  coefficientCount: 'nmfcc nummfcc numceps coefficients',
  dctType: '',
  norm: '',
  melNorm: '',
});

const names = (): OptionNames<MfccOptions> => ({ ...melSpectrumNames(), ...cepstrumNames(), lifter: '', topDb: '' });

/** data [coefficientCount, frameCount], row 0 = the mean level. */
export interface Mfcc {
  data: Float32Array;
  coefficientCount: number;
  frameCount: number;
}

/**
 * Mel-frequency cepstral coefficients, as `librosa.feature.mfcc`: a discrete cosine transform of the mel spectrum in dB.
 *
 * @param samples Mono waveform [samples], at least one; finite.
 */
export function mfcc(samples: Float32Array, options: MfccOptions): Mfcc {
  assertOptions(options, names(), 'mfcc');
  const { coefficientCount = 20, dctType = 2, norm = 'ortho', melNorm, lifter = 0, topDb = 80, ...others } = options;
  const plan = reuseMelPlan({ ...others, norm: melNorm }, 'mfcc');
  const { melCount } = plan;
  const fits = Number.isInteger(coefficientCount) && coefficientCount > 0 && coefficientCount <= melCount;
  assertArgument(fits, 'mfcc', `coefficientCount must be an integer in 1..${melCount}`, coefficientCount);
  assertArgument(lifter >= 0 && lifter < Infinity, 'mfcc', 'lifter must be a number of at least 0', lifter);
  assertArgument(topDb >= 0, 'mfcc', 'topDb must be at least 0', topDb);
  const shape: DctShape = { rows: coefficientCount, columns: melCount, type: dctType, norm };
  const cosines = reuseCosines(shape, 'mfcc'); // [C, M]
  const { data: mel, frameCount } = melSpectrumOf(samples, plan, 'mfcc');
  melToDecibels(mel, leastDecibels(mel, topDb)); // [M, T]
  const data = new Float32Array(coefficientCount * frameCount); // [C, T]
  const row = new Float64Array(frameCount);
  for (let c = 0; c < coefficientCount; c++) {
    row.fill(0);
    const lift = lifter > 0 ? 1 + (lifter / 2) * Math.sin((Math.PI * (c + 1)) / lifter) : 1;
    for (let m = 0; m < melCount; m++) {
      const weight = lift * cosines[c * melCount + m]!;
      for (let frame = 0; frame < frameCount; frame++) row[frame]! += weight * mel[m * frameCount + frame]!;
    }
    data.set(row, c * frameCount);
  }
  return { data, coefficientCount, frameCount };
}
