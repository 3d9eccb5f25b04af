import type { OptionNames } from '../assert-options';
import { FRAMING_NAMES } from '../fourier/frame-plan';
import type { MelOptions } from '../mel/mel-filterbank';
import type { GriffinLimOptions } from './griffin-lim';
import type { MelToWaveformOptions } from './mel-to-waveform';

export const MEL_TO_MAGNITUDE_NAMES: OptionNames<Omit<MelOptions, 'melCount'>> = {
  sampleRateHz: true,
  fftSize: true,
  lowestHz: true,
  highestHz: true,
  scale: true,
  norm: true,
};

export const GRIFFIN_LIM_NAMES: OptionNames<GriffinLimOptions> = {
  ...FRAMING_NAMES,
  iterations: true,
  momentum: true,
  seed: true,
  length: true,
};

export const MEL_TO_WAVEFORM_NAMES: OptionNames<MelToWaveformOptions> = { ...MEL_TO_MAGNITUDE_NAMES, ...GRIFFIN_LIM_NAMES };
