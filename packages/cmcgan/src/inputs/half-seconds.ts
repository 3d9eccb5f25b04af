import { LMS_SAMPLE_RATE_HZ, LMS_SAMPLES } from '@cmcgan/audio-features';

/** Distance between the half seconds that are compared for loudness: 50 ms. */
const STEP_SAMPLES = LMS_SAMPLE_RATE_HZ / 20;

/** Half a second [22050] of a mono recording from a sample on, padded with silence if the recording ends before. */
export function halfSecondAt(samples: Float32Array, start: number): Float32Array {
  const half = new Float32Array(LMS_SAMPLES);
  half.set(samples.subarray(start, start + LMS_SAMPLES));
  return half;
}

/** The first sample of the half second with the most energy, in steps of 50 ms; the first one in case of a tie. */
export function loudestStart(samples: Float32Array): number {
  const steps = Math.ceil(samples.length / STEP_SAMPLES);
  const energies = Array.from({ length: steps }, (_, i) => {
    const step = samples.subarray(i * STEP_SAMPLES, (i + 1) * STEP_SAMPLES);
    return step.reduce((sum, value) => sum + value * value, 0);
  });
  const width = LMS_SAMPLES / STEP_SAMPLES;
  let [best, most] = [0, -1];
  for (let first = 0; first === 0 || first + width <= steps; first++) {
    const energy = energies.slice(first, first + width).reduce((sum, value) => sum + value, 0);
    if (energy > most) [best, most] = [first, energy];
  }
  return best * STEP_SAMPLES;
}

/** The first samples of consecutive half seconds. A rest of less than a quarter of a second at the end is left out. */
export function consecutiveStarts(samples: Float32Array): number[] {
  const count = Math.max(1, Math.round(samples.length / LMS_SAMPLES));
  return Array.from({ length: count }, (_, i) => i * LMS_SAMPLES);
}
