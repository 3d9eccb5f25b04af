/**
 * `slaney`: linear below 1 kHz, logarithmic above (Slaney's Auditory Toolbox; librosa's default).
 * `htk`: 2595·log10(1 + f / 700), as in the HTK book.
 */
export type MelScale = 'slaney' | 'htk';

const SLANEY_BREAK_HZ = 1000;
const SLANEY_BREAK_MEL = SLANEY_BREAK_HZ / (200 / 3);
const SLANEY_LOG_STEP = /* @__PURE__ */ Math.log(6.4) / 27;

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
