import type { Random } from '@cmcgan/random';
import { SAMPLE_RATE_HZ } from './sample-rate';
import type { Timbre } from './timbres';

export interface NoiseOptions {
  /** Index of the note's first sample. */
  readonly start: number;
  /** The note's envelope in [0, 1], one value per sample. */
  readonly envelope: Float32Array;
  /** The tone's RMS. */
  readonly level: number;
  readonly timbre: Timbre;
  readonly random: Random;
}

const BURST_SECONDS = 0.03;

/** Adds a note's breath or bow noise to `samples`: band-passed white noise, stronger in the first hundredths of a second. */
export function addNoise(samples: Float32Array, { start, envelope, level, timbre, random }: NoiseOptions): void {
  const { levelDb, centreHz, q, burstDb } = timbre.noise;
  const noise = whiteNoise(Math.min(envelope.length, samples.length - start), random);
  bandPass(noise, centreHz, q);
  const gain = level * 10 ** (levelDb / 20) * 2; // the band keeps about a quarter of the white noise's power
  let burst = 10 ** (burstDb / 20) - 1;
  const fade = Math.exp(-1 / (BURST_SECONDS * SAMPLE_RATE_HZ));
  for (let i = 0; i < noise.length; i++) {
    samples[start + i] += gain * envelope[i] * (1 + burst) * noise[i];
    burst *= fade;
  }
}

/** Uniform white noise of RMS 1, from a linear congruential generator (Numerical Recipes) seeded by the song's generator. */
export function whiteNoise(length: number, random: Random): Float32Array {
  const noise = new Float32Array(Math.max(0, length));
  const scale = Math.sqrt(3) / 0x80000000;
  let state = random.integer(0x100000000) | 0;
  for (let i = 0; i < noise.length; i++) {
    state = (Math.imul(state, 1664525) + 1013904223) | 0;
    noise[i] = scale * state;
  }
  return noise;
}

/** Filters samples in place with a second-order band-pass of 0 dB at its centre (R. Bristow-Johnson's cookbook). */
function bandPass(samples: Float32Array, centreHz: number, q: number): void {
  const omega = (2 * Math.PI * centreHz) / SAMPLE_RATE_HZ;
  const alpha = Math.sin(omega) / (2 * q);
  const b = alpha / (1 + alpha);
  const a1 = (-2 * Math.cos(omega)) / (1 + alpha);
  const a2 = (1 - alpha) / (1 + alpha);
  let [x1, x2, y1, y2] = [0, 0, 0, 0];
  for (let i = 0; i < samples.length; i++) {
    const x = samples[i];
    const y = b * (x - x2) - a1 * y1 - a2 * y2;
    x2 = x1;
    x1 = x;
    y2 = y1;
    y1 = y;
    samples[i] = y;
  }
}
