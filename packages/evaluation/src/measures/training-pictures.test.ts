import { createRandom } from '@cmcgan/random';
import { expect, it } from 'vitest';
import { gaussianBlur } from '../metrics/gaussian-blur';
import { trainingPictures, type TrainingPicture } from './training-pictures';

const SIZE = 128;

/** A picture with one bright pixel in the row of its pitch. */
const point = (midi: number, loudness: number): TrainingPicture => {
  const picture = new Float32Array(SIZE * SIZE * 3);
  picture[(midi * SIZE + 64) * 3] = 1;
  return { picture, shown: { midi, loudness } };
};

const pixel = ({ picture }: TrainingPicture, midi: number) => picture[(midi * SIZE + 64) * 3];

it('a picture comes with two blurred copies, and with a mean of those of its pitch, which shows their mean', () => {
  const real = [point(40, 0.2), point(40, 0.4), point(60, 1)];
  const all = [...trainingPictures(real, createRandom(1))];
  expect(all).toHaveLength(real.length * 5);
  const [own, blurred2, blurred4, mean, blurredMean] = all;
  expect(own).toBe(real[0]);
  expect(blurred2.picture).toEqual(gaussianBlur(own.picture, { size: SIZE, sigma: 2 }));
  expect(blurred4.picture).toEqual(gaussianBlur(own.picture, { size: SIZE, sigma: 4 }));
  expect([blurred2.shown, blurred4.shown]).toEqual([own.shown, own.shown]);
  // 20 semitones are 40 standard deviations.
  expect(mean.shown.midi).toBe(40);
  expect([0.2, 0.25, 0.3, 0.35, 0.4].some((loudness) => Math.abs(mean.shown.loudness - loudness) < 1e-12)).toBe(true);
  expect(pixel(mean, 40)).toBe(1);
  expect(blurredMean.picture).toEqual(gaussianBlur(mean.picture, { size: SIZE, sigma: 2 }));
  expect(blurredMean.shown).toEqual(mean.shown);
});

it('a mean takes neighbours by how near their pitch is: those a semitone off weigh exp(-2) each', () => {
  const count = 60;
  const real = [40, 41].flatMap((midi) => Array.from({ length: count }, () => point(midi, 0)));
  const means: TrainingPicture[] = [];
  let i = 0;
  for (const each of trainingPictures(real, createRandom(2))) {
    if (i++ % 5 === 3) means.push(each);
    if (means.length === count) break; // those of 40
  }
  const share = means.reduce((sum, mean) => sum + pixel(mean, 41), 0) / count;
  const expected = Math.exp(-2) / (1 + Math.exp(-2)); // 0.119
  expect(Math.abs(share - expected)).toBeLessThan(4 * Math.sqrt((expected * (1 - expected)) / (4 * count)));
  means.forEach((mean) => expect(mean.shown.midi).toBeCloseTo(40 + pixel(mean, 41), 6));
});
