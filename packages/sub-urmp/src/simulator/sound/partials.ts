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

const INAUDIBLE = 10 ** (-70 / 20);

/**
 * Fills `amplitudes` (index 0 = fundamental) with the spectrum of one moment, scaled to an RMS of 1. In dB, the partial k at
 * frequency f is -rolloff·log2(k) - ½ cutoff·log2(1 + (f/f_c)²) + Σ resonances(f); even partials are `evenDb` lower.
 * @returns the number of partials that matter; those above are more than 70 dB below the strongest
 */
export function partialAmplitudes(amplitudes: Float64Array, { timbre, hz, force, brightness }: PartialsOptions): number {
  const [soft, loud] = timbre.cutoffHz;
  const cutoffHz = Math.max(soft * (loud / soft) ** force * brightness, hz); // the fundamental is never cut off
  const evenDb = timbre.evenDb * (1 - 0.5 * force);
  let power = 0;
  let strongest = 0;
  for (let k = 1; k <= amplitudes.length; k++) {
    const partialHz = k * hz;
    let db = -timbre.rolloffDb * Math.log2(k) - 0.5 * timbre.cutoffDb * Math.log2(1 + (partialHz / cutoffHz) ** 2);
    if (k % 2 === 0) db += evenDb;
    for (const [centreHz, gainDb, widthOctaves] of timbre.resonances) {
      const distance = Math.log2(partialHz / centreHz) / widthOctaves;
      if (distance * distance < 9) db += gainDb * Math.exp(-0.5 * distance * distance);
    }
    const amplitude = Math.exp(db * (Math.LN10 / 20));
    amplitudes[k - 1] = amplitude;
    power += 0.5 * amplitude * amplitude;
    strongest = Math.max(strongest, amplitude);
  }
  let count = amplitudes.length;
  while (amplitudes[count - 1] < strongest * INAUDIBLE) count--;
  const scale = 1 / Math.sqrt(power);
  for (let k = 0; k < amplitudes.length; k++) amplitudes[k] *= scale;
  return count;
}
