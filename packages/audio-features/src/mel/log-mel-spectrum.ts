import { LMS_SAMPLE_RATE_HZ } from '../lms/lms-shape';
import { powerToDecibels } from './decibels';
import { melSpectrumOf, reuseMelPlan } from './mel-spectrum';
import type { MelSpectrum, MelSpectrumOptions } from './mel-spectrum';

export type LogMelOptions = Partial<MelSpectrumOptions>;

/**
 * Log-amplitude mel spectrum (LMS) in dB: 10·log10(max(mel power, 1e-10)), with librosa's defaults at the native rate: periodic
 * Hann 2048, hop 512, centred with zero padding, 128 Slaney mels over 0 Hz to half the rate.
 *
 * @param samples Mono waveform [samples], at least one; finite. 22,050 samples give the paper's 128×44 (section "Dataset").
 * @returns dB, data [melCount, frameCount], row 0 = lowest mel; at least -100.
 */
export function logMelSpectrum(samples: Float32Array, options: LogMelOptions = {}): MelSpectrum {
  const plan = reuseMelPlan({ sampleRateHz: LMS_SAMPLE_RATE_HZ, ...options }, 'logMelSpectrum');
  const spectrum = melSpectrumOf(samples, plan, 'logMelSpectrum');
  powerToDecibels(spectrum.data);
  return spectrum;
}
