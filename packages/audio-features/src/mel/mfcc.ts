import { assertArgument } from '../assert-argument';
import { logMelSpectrum } from './log-mel-spectrum';
import type { MelSpectrumOptions } from './mel-spectrum';

export interface MfccOptions extends MelSpectrumOptions {
  /** Coefficients to keep, at most melCount. Default 20. */
  coefficientCount?: number;
}

/** data [coefficientCount, frameCount], row 0 = the mean level. */
export interface Mfcc {
  data: Float32Array;
  coefficientCount: number;
  frameCount: number;
}

/**
 * Mel-frequency cepstral coefficients: the orthonormal DCT-II of the mel spectrum in dB, as `librosa.feature.mfcc` with
 * `S = power_to_db(melspectrogram, top_db=None)`.
 *
 * @param samples Mono waveform [samples], at least one; finite.
 */
export function mfcc(samples: Float32Array, { coefficientCount = 20, ...options }: MfccOptions): Mfcc {
  const { data: mel, melCount, frameCount } = logMelSpectrum(samples, options); // [M, T]
  const fits = Number.isInteger(coefficientCount) && coefficientCount > 0 && coefficientCount <= melCount;
  assertArgument(fits, 'mfcc', `coefficientCount must be an integer in 1..${melCount}`, coefficientCount);
  const data = new Float32Array(coefficientCount * frameCount); // [C, T]
  const row = new Float64Array(frameCount);
  for (let c = 0; c < coefficientCount; c++) {
    row.fill(0);
    for (let m = 0; m < melCount; m++) {
      const weight = Math.sqrt((c === 0 ? 1 : 2) / melCount) * Math.cos((Math.PI * c * (m + 0.5)) / melCount);
      for (let frame = 0; frame < frameCount; frame++) row[frame]! += weight * mel[m * frameCount + frame]!;
    }
    data.set(row, c * frameCount);
  }
  return { data, coefficientCount, frameCount };
}
