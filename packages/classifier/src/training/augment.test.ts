import { seededUniform } from '@cmcgan/random';
import { describe, expect, it } from 'vitest';
import { augment, LIGHT_AUGMENTATION } from './augment';

const sound = new Float32Array(128 * 32).map((_, i) => Math.sin(i / 7) * 0.8);
const NOTHING = { shift: 0, offset: 0, noise: 0 };
/** Returns the given draws, repeating the last one for ever. */
const draws =
  (...values: number[]) =>
  () =>
    values.length > 1 ? values.shift()! : values[0];

describe('augment', () => {
  it('leaves a sample alone where nothing may change', () => {
    expect(augment(sound, { modality: 'A', augmentation: NOTHING, uniform: seededUniform(1, 'x') })).toEqual(sound);
  });

  it('moves rows sideways and repeats their edges', () => {
    const moved = augment(sound, { modality: 'A', augmentation: { ...NOTHING, shift: 4 }, uniform: draws(1, 0.5) });
    for (const [row, frame] of [
      [0, 0],
      [5, 20],
      [127, 31],
    ]) {
      expect(moved[row * 32 + frame]).toBe(sound[row * 32 + Math.min(31, frame + 4)]);
    }
  });

  it('moves a sound in pitch by mel bands and repeats the highest', () => {
    const lower = augment(sound, { modality: 'A', augmentation: { ...NOTHING, pitch: 2 }, uniform: draws(0.5, 0.5, 0) });
    expect(lower.subarray(10 * 32, 11 * 32)).toEqual(sound.subarray(12 * 32, 13 * 32));
    expect(lower.subarray(127 * 32)).toEqual(sound.subarray(127 * 32));
  });

  it('moves all channels of a pixel together', () => {
    const image = new Float32Array(128 * 128 * 3).map((_, i) => (i % 97) / 100);
    const moved = augment(image, { modality: 'V', augmentation: { ...NOTHING, shift: 2 }, uniform: draws(0, 0.5) });
    const at = (y: number, x: number) => (y * 128 + x) * 3;
    expect([...moved.subarray(at(3, 10), at(3, 11))]).toEqual([...image.subarray(at(3, 8), at(3, 9))]);
  });

  it('adds the same to all values, clipped to [-1, 1]', () => {
    const brighter = augment(sound, { modality: 'A', augmentation: { ...NOTHING, offset: 0.5 }, uniform: draws(0.5, 1) });
    sound.forEach((value, i) => expect(brighter[i]).toBeCloseTo(Math.min(1, value + 0.5), 6));
  });

  it('adds noise of the deviation asked for', () => {
    const silent = new Float32Array(128 * 32);
    const noisy = augment(silent, {
      modality: 'A',
      augmentation: { ...NOTHING, noise: 0.1 },
      uniform: seededUniform(1, 'noise'),
    });
    const mean = noisy.reduce((sum, value) => sum + value, 0) / noisy.length;
    const deviation = Math.sqrt(noisy.reduce((sum, value) => sum + (value - mean) ** 2, 0) / noisy.length);
    expect(mean).toBeCloseTo(0, 2);
    expect(deviation).toBeCloseTo(0.1, 2);
  });

  it('depends on the draws alone', () => {
    const light = (seed: number) =>
      augment(sound, { modality: 'A', augmentation: LIGHT_AUGMENTATION.A, uniform: seededUniform(seed, 'x') });
    expect(light(1)).toEqual(light(1));
    expect(light(2)).not.toEqual(light(1));
  });
});
