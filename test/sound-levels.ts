import { logMelSpectrum } from '@cmcgan/audio-features';

/**
 * The log-mel spectrum of a sound, in dB, and at least 80 dB below the loudest: what is quieter than the steps of 16 bits is no longer the same in a
 * file.
 */
export const levelsOf = (samples: Float32Array): Float32Array => {
  const { data } = logMelSpectrum(samples);
  const floor = data.reduce((most, level) => Math.max(most, level)) - 80;
  return data.map((level) => Math.max(level, floor));
};
