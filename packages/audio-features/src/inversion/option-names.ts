import type { OptionNames } from '../assert-options';
import { framingNames } from '../fourier/frame-plan';
import { melNames, type MelOptions } from '../mel/mel-filterbank';
import type { GriffinLimOptions } from './griffin-lim';
import type { MelToWaveformOptions } from './mel-to-waveform';

export function melToMagnitudeNames(): OptionNames<Omit<MelOptions, 'melCount'>> {
  const { sampleRateHz, fftSize, lowestHz, highestHz, scale, norm } = melNames();
  return { sampleRateHz, fftSize, lowestHz, highestHz, scale, norm };
}

export const griffinLimNames = (): OptionNames<GriffinLimOptions> => ({
  ...framingNames(),
  iterations: 'niter numiters',
  momentum: '',
  seed: 'randomstate',
  length: '',
});

export const melToWaveformNames = (): OptionNames<MelToWaveformOptions> => ({ ...melToMagnitudeNames(), ...griffinLimNames() });
