import { SAMPLE_SHAPES } from '@cmcgan/model';
import type { Random } from '@cmcgan/random';
import { gaussianBlur } from '../metrics/gaussian-blur';

const [SIZE, , CHANNELS] = SAMPLE_SHAPES.V;
/** About four of 255 levels. */
const STRENGTH = 0.03;

/**
 * A copy of an image [128, 128, 3] in [-1, 1] under a pattern too faint to be seen: half of the time a plane wave of random direction, with a period of 3 to 8
 * pixels and a phase and an amplitude up to 0.06 of its own for each colour; else smooth noise with a standard deviation of 0.03.
 */
export function withFaintPattern(picture: ArrayLike<number>, random: Random): Float32Array {
  const values = random.uniform() < 0.5 ? planeWave(random) : smoothNoise(random);
  for (let i = 0; i < values.length; i++) values[i] = Math.min(1, Math.max(-1, picture[i] + values[i]));
  return values;
}

function planeWave(random: Random): Float32Array {
  const direction = Math.PI * random.uniform();
  const turn = (2 * Math.PI) / (3 + 5 * random.uniform());
  const [right, down] = [turn * Math.cos(direction), turn * Math.sin(direction)];
  const colours = Array.from({ length: CHANNELS }, () => ({
    amplitude: 2 * STRENGTH * random.uniform(),
    phase: 2 * Math.PI * random.uniform(),
  }));
  return everyValue((x, y, channel) => {
    const { amplitude, phase } = colours[channel];
    return amplitude * Math.sin(right * x + down * y + phase);
  });
}

/** Noise blurred by 0.7 pixels. */
function smoothNoise(random: Random): Float32Array {
  const noise = gaussianBlur(
    everyValue(() => random.normal()),
    { size: SIZE, sigma: 0.7 },
  );
  const deviation = Math.sqrt(noise.reduce((sum, value) => sum + value * value, 0) / noise.length);
  return noise.map((value) => (STRENGTH / deviation) * value);
}

function everyValue(valueAt: (x: number, y: number, channel: number) => number): Float32Array {
  const values = new Float32Array(SIZE * SIZE * CHANNELS);
  for (let y = 0, i = 0; y < SIZE; y++) {
    for (let x = 0; x < SIZE; x++) {
      for (let channel = 0; channel < CHANNELS; channel++) values[i++] = valueAt(x, y, channel);
    }
  }
  return values;
}
