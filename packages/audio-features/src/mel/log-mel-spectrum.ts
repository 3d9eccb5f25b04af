import { assertArgument } from '../assert-argument';
import { assertOptions, type OptionNames } from '../assert-options';
import { LMS_SAMPLE_RATE_HZ } from '../lms/lms-shape';
import { melToDecibels } from './decibels';
import { melSpectrumNames, melPlanOf, melSpectrumOf, reuseMelPlan, type MelStages } from './mel-spectrum';
import type { MelSpectrum, MelSpectrumOptions } from './mel-spectrum';

export interface LogMelOptions extends Partial<MelSpectrumOptions> {
  /** Another project's convention: `whisperPreset`, `kaldiPreset` or `htkPreset`. Default: librosa's, in dB. */
  preset?: LogMelPreset;
}

/** A convention for log-mel spectra: maps options to the stages and the logarithm. Throws for options that the convention fixes. */
export type LogMelPreset = (
  options: Omit<LogMelOptions, 'preset'>,
  where: string,
) => MelStages & {
  /** Power or magnitudes → the result, which may have fewer frames. */
  finish(spectrum: MelSpectrum): MelSpectrum;
};

const names = (): OptionNames<LogMelOptions> => ({ ...melSpectrumNames(), preset: '' });
const NAMES = /* @__PURE__ */ names();

/**
 * Log-amplitude mel spectrum (LMS) in dB: 10·log10(max(mel power, 1e-10)), with librosa's defaults at the native rate: periodic
 * Hann 2048, hop 512, centred with zero padding, 128 Slaney mels over 0 Hz to half the rate; or as a preset defines.
 *
 * @param samples Mono waveform [samples], at least one; finite. 22,050 samples give the paper's 128×44 (section "Dataset").
 * @returns dB, data [melCount, frameCount], row 0 = lowest mel; at least -100. With a preset, in the preset's unit.
 */
export function logMelSpectrum(samples: Float32Array, options: LogMelOptions = {}): MelSpectrum {
  assertOptions(options, NAMES, 'logMelSpectrum');
  const { preset, ...others } = options;
  if (preset !== undefined) {
    const rule = 'preset must be a function such as whisperPreset';
    assertArgument(typeof preset === 'function', 'logMelSpectrum', rule, preset);
    const stages = preset(others, 'logMelSpectrum');
    return stages.finish(melSpectrumOf(samples, melPlanOf(stages, 'logMelSpectrum'), 'logMelSpectrum'));
  }
  const plan = reuseMelPlan({ sampleRateHz: LMS_SAMPLE_RATE_HZ, ...others }, 'logMelSpectrum');
  const spectrum = melSpectrumOf(samples, plan, 'logMelSpectrum');
  melToDecibels(spectrum.data);
  return spectrum;
}
