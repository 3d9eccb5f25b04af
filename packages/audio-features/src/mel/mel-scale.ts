/**
 * `slaney`: linear below 1 kHz, logarithmic above (Slaney's Auditory Toolbox; librosa's default).
 * `htk`: 2595·log10(1 + f / 700), as in the HTK book.
 */
export type MelScale = 'slaney' | 'htk';

const SLANEY_BREAK_HZ = 1000;
/** SLANEY_BREAK_HZ / (200 / 3), rounded as librosa's is */
const SLANEY_BREAK_MEL = 14.999999999999998;
/** ln(6.4) / 27 */
const SLANEY_LOG_STEP = 0.06875177742094912;

/** Frequency in Hz → mels. */
export function hzToMel(frequencyHz: number, scale: MelScale = 'slaney'): number {
  if (scale === 'htk') return 2595 * Math.log10(1 + frequencyHz / 700);
  if (frequencyHz < SLANEY_BREAK_HZ) return frequencyHz / (200 / 3);
  return SLANEY_BREAK_MEL + Math.log(frequencyHz / SLANEY_BREAK_HZ) / SLANEY_LOG_STEP;
}

/** Mels → frequency in Hz. */
export function melToHz(mel: number, scale: MelScale = 'slaney'): number {
  if (scale === 'htk') return 700 * (10 ** (mel / 2595) - 1);
  if (mel < SLANEY_BREAK_MEL) return mel * (200 / 3);
  return SLANEY_BREAK_HZ * Math.exp(SLANEY_LOG_STEP * (mel - SLANEY_BREAK_MEL));
}
