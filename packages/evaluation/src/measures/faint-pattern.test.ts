import { createRandom } from '@cmcgan/random';
import { expect, it } from 'vitest';
import { withFaintPattern } from './faint-pattern';

const VALUES = 128 * 128 * 3;

it('is half of the time a wave of the same size everywhere, else noise with a standard deviation of 0.03', () => {
  const random = createRandom(1);
  const plain = new Float32Array(VALUES);
  const patterns = Array.from({ length: 40 }, () => withFaintPattern(plain, random));
  const deviations = patterns.map((pattern) => Math.sqrt(pattern.reduce((sum, value) => sum + value * value, 0) / VALUES));
  const noise = deviations.filter((deviation) => Math.abs(deviation - 0.03) < 1e-6);
  expect(noise.length).toBeGreaterThan(8);
  expect(noise.length).toBeLessThan(32);
  for (const [i, pattern] of patterns.entries()) {
    const most = pattern.reduce((peak, value) => Math.max(peak, Math.abs(value)), 0);
    if (noise.includes(deviations[i]))
      expect(most).toBeGreaterThan(0.09); // three standard deviations, of 49152 draws
    else expect(most).toBeLessThanOrEqual(0.06 + 1e-6);
  }
});

it('stays within -1 and 1, and differs from draw to draw', () => {
  const white = new Float32Array(VALUES).fill(1);
  const random = createRandom(2);
  const [one, other] = [withFaintPattern(white, random), withFaintPattern(white, random)];
  for (const pattern of [one, other]) expect(pattern.every((value) => value <= 1 && value > 0.7)).toBe(true);
  expect(one).not.toEqual(other);
  expect(withFaintPattern(white, createRandom(2))).toEqual(one); // the same seed
});
