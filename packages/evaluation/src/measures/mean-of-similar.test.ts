import { createRandom } from '@cmcgan/random';
import { expect, it } from 'vitest';
import { meanOfSimilar, type TrainingSample } from './mean-of-similar';

/** A sample whose only value tells whether it is one of the higher pitch. */
const sample = (midi: number, loudness = 0): TrainingSample => ({ values: [midi - 40], shown: { midi, loudness } });

it('means are taken over samples of the pitch, and show the mean of what they show', () => {
  const samples = [sample(40, 0.2), sample(40, 0.4), sample(60, 1)]; // 20 semitones are 40 standard deviations
  const { values, shown } = meanOfSimilar(samples, samples[0], { count: 4, semitones: 0.5, random: createRandom(1) });
  expect(values[0]).toBe(0);
  expect(shown.midi).toBe(40);
  expect([0.2, 0.25, 0.3, 0.35, 0.4].some((loudness) => Math.abs(shown.loudness - loudness) < 1e-12)).toBe(true);
});

it('neighbours count by how near their pitch is: those a semitone off weigh exp(-2) each', () => {
  const count = 300;
  const samples = [40, 41].map((midi) => sample(midi));
  const drawn = { count: 4, semitones: 0.5, random: createRandom(2) };
  const means = Array.from({ length: count }, () => meanOfSimilar(samples, samples[0], drawn));
  const share = means.reduce((sum, { values }) => sum + values[0], 0) / count;
  const expected = Math.exp(-2) / (1 + Math.exp(-2)); // 0.119
  expect(Math.abs(share - expected)).toBeLessThan(4 * Math.sqrt((expected * (1 - expected)) / (4 * count)));
  for (const { values, shown } of means) expect(shown.midi).toBeCloseTo(40 + values[0], 6);
});
