import type { Random } from '../../random';
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

/** Adds a note's breath or bow noise to `samples`: white noise through a band-pass, stronger for the first hundredths of a second. */
export function addNoise(samples: Float32Array, { start, envelope, level, timbre, random }: NoiseOptions): void {
  const { levelDb, centreHz, q, burstDb } = timbre.noise;
  const filter = bandPass(centreHz, q);
  const gain = level * 10 ** (levelDb / 20) * Math.sqrt(3) * 2; // uniform noise has RMS 1/√3; the band keeps about a quarter of its power
  const white = noiseSource(random);
  const burst = 10 ** (burstDb / 20) - 1;
  const count = Math.min(envelope.length, samples.length - start);
  for (let i = 0; i < count; i++) {
    const extra = 1 + burst * Math.exp(-i / (BURST_SECONDS * SAMPLE_RATE_HZ));
    samples[start + i] += gain * envelope[i] * extra * filter(white());
  }
}

/** A fast source of white noise in [-1, 1): a linear congruential generator (Numerical Recipes), seeded by the song's own generator. */
export function noiseSource(random: Random): () => number {
  let state = random.integer(0x100000000) | 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) | 0;
    return state / 0x80000000;
  };
}

/** A second-order band-pass with 0 dB at its centre (R. Bristow-Johnson's cookbook). */
function bandPass(centreHz: number, q: number): (x: number) => number {
  const omega = (2 * Math.PI * centreHz) / SAMPLE_RATE_HZ;
  const alpha = Math.sin(omega) / (2 * q);
  const b = alpha / (1 + alpha);
  const a1 = (-2 * Math.cos(omega)) / (1 + alpha);
  const a2 = (1 - alpha) / (1 + alpha);
  let [x1, x2, y1, y2] = [0, 0, 0, 0];
  return (x) => {
    const y = b * (x - x2) - a1 * y1 - a2 * y2;
    x2 = x1;
    x1 = x;
    y2 = y1;
    y1 = y;
    return y;
  };
}
