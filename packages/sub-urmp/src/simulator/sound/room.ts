import type { Random } from '@cmcgan/random';
import { whiteNoise } from './noise';

/** The acoustics of the place where a song is played. */
export interface Room {
  /** Level of the reverberation, 0 (none) to about 0.3. */
  readonly wet: number;
  /** Feedback of the reverberation, below 1: about 0.6 for a small room, 0.8 for a hall. */
  readonly decay: number;
  /** RMS of the noise of the microphone and the room, dBFS. */
  readonly noiseDb: number;
}

const DELAYS = [1117, 1367, 1601, 1907]; // samples, mutually prime, 25 to 43 ms

/** Adds reverberation (four damped feedback combs) and room noise; returns new samples, clipped to [-1, 1]. */
export function addRoom(dry: Float32Array, { wet, decay, noiseDb }: Room, random: Random): Float32Array {
  const output = Float32Array.from(dry);
  for (const delay of DELAYS) addComb(output, dry, { delay, wet: wet / 2, decay });
  const white = whiteNoise(output.length, random);
  const hiss = 10 ** (noiseDb / 20);
  for (let i = 0; i < output.length; i++) {
    output[i] = Math.max(-1, Math.min(1, output[i] + hiss * white[i]));
  }
  return output;
}

function addComb(
  output: Float32Array,
  input: Float32Array,
  { delay, wet, decay }: { delay: number; wet: number; decay: number },
): void {
  const line = new Float32Array(delay);
  let damped = 0;
  for (let i = 0; i < input.length; i++) {
    const slot = i % delay;
    const echo = line[slot];
    damped = 0.6 * echo + 0.4 * damped; // walls absorb high frequencies first
    line[slot] = input[i] + decay * damped;
    output[i] += wet * echo;
  }
}
