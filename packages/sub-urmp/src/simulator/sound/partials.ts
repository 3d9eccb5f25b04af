import type { Timbre } from './timbres';

export interface PartialsOptions {
  readonly timbre: Timbre;
  /** Frequency of the fundamental. */
  readonly hz: number;
  /** How hard the instrument is driven, 0 to 1. */
  readonly force: number;
  /** Multiplies the cutoff frequency. */
  readonly brightness: number;
}

/** Partials this far below the strongest are left out. */
const INAUDIBLE_DB = -90;

/**
 * Fills `amplitudes` (index 0 = fundamental) with the spectrum of one moment, scaled to an RMS of 1. In dB, the partial k at
 * frequency f is -rolloff·log2(k) - ½ cutoff·log2(1 + (f/f_c)²) + Σ resonances(f); even partials are `evenDb` lower. Every amplitude is
 * lowered by that of a partial 90 dB below the strongest, so that the spectrum reaches 0 without a step.
 * @returns the number of partials that matter; those above are 0
 */
export function partialAmplitudes(amplitudes: Float64Array, { timbre, hz, force, brightness }: PartialsOptions): number {
  const [soft, loud] = timbre.cutoffHz;
  const cutoffHz = Math.max(soft * (loud / soft) ** force * brightness, hz); // the fundamental is never cut off
  const evenDb = timbre.evenDb * (1 - 0.5 * force);
  const highestResonanceHz = timbre.resonances.reduce((highest, [centreHz]) => Math.max(highest, centreHz), 0);
  let strongestDb = -Infinity;
  let count = 0;
  for (; count < amplitudes.length; count++) {
    const k = count + 1;
    const partialHz = k * hz;
    let db = -timbre.rolloffDb * Math.log2(k) - 0.5 * timbre.cutoffDb * Math.log2(1 + (partialHz / cutoffHz) ** 2);
    for (const [centreHz, gainDb, widthOctaves] of timbre.resonances) {
      const distance = Math.log2(partialHz / centreHz) / widthOctaves;
      if (distance * distance < 9) db += gainDb * Math.exp(-0.5 * distance * distance);
    }
    if (partialHz > highestResonanceHz && db < strongestDb + INAUDIBLE_DB) break; // it only falls from here on
    strongestDb = Math.max(strongestDb, db);
    amplitudes[count] = decibelsToAmplitude(k % 2 === 0 ? db + evenDb : db);
  }
  const inaudible = decibelsToAmplitude(strongestDb + INAUDIBLE_DB);
  let power = 0;
  for (let k = 0; k < count; k++) {
    amplitudes[k] = Math.max(0, amplitudes[k] - inaudible);
    power += 0.5 * amplitudes[k] * amplitudes[k];
  }
  const scale = 1 / Math.sqrt(power);
  for (let k = 0; k < count; k++) amplitudes[k] *= scale;
  amplitudes.fill(0, count);
  return count;
}

const decibelsToAmplitude = (db: number) => Math.exp(db * (Math.LN10 / 20));
