import { createRandom } from '@cmcgan/random';
import { expect, it } from 'vitest';
import { gaussianBlur } from '../metrics/gaussian-blur';
import type { TrainingSample } from './mean-of-similar';
import { trainingPictures } from './training-pictures';

const SIZE = 128;

/** A grey picture with a brighter row at its pitch. */
const line = (midi: number): TrainingSample => {
  const values = new Float32Array(SIZE * SIZE * 3);
  values.fill(0.5, midi * SIZE * 3, (midi + 1) * SIZE * 3);
  return { values, shown: { midi, loudness: midi / 100 } };
};

const largestDifference = (a: ArrayLike<number>, b: ArrayLike<number>) =>
  Array.from(a, (value, i) => Math.abs(value - b[i])).reduce((most, each) => Math.max(most, each));

it('a picture comes with blurred copies, the mean of those of its pitch, and both under faint patterns; all show the same', () => {
  const real = [line(40), line(80)]; // 80 standard deviations apart
  const all = [...trainingPictures(real, createRandom(1))];
  expect(all).toHaveLength(real.length * 9);
  const of = (sample: TrainingSample, sigma: number) => gaussianBlur(sample.values, { size: SIZE, sigma });
  const [own, faint, blurred2, faint2, blurred4, mean, faintMean, blurredMean, faintBlurredMean] = all;
  expect(own).toBe(real[0]);
  expect(blurred2.values).toEqual(of(own, 2));
  expect(blurred4.values).toEqual(of(own, 4));
  expect(mean.values).toEqual(own.values);
  expect(blurredMean.values).toEqual(of(mean, 2));
  for (const [pattern, plain] of [
    [faint, own],
    [faint2, blurred2],
    [faintMean, mean],
    [faintBlurredMean, blurredMean],
  ]) {
    const difference = largestDifference(pattern.values, plain.values);
    expect(difference).toBeGreaterThan(0.005);
    expect(difference).toBeLessThan(0.2); // 5 of the noise's standard deviations, and more
  }
  for (const { shown } of all.slice(0, 9)) expect(shown).toEqual(own.shown);
});
