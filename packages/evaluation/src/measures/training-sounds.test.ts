import { createRandom } from '@cmcgan/random';
import { expect, it } from 'vitest';
import type { TrainingSample } from './mean-of-similar';
import { trainingSounds } from './training-sounds';

const sound = (midi: number, value: number): TrainingSample => ({ values: [value], shown: { midi, loudness: 0 } });

it('a sound comes with means of those of its pitch, and each nearer to the mean of all; all sound the same', () => {
  const real = [sound(40, 1), sound(80, 0)]; // 40 standard deviations apart
  const all = [...trainingSounds(real, createRandom(1))];
  expect(all.map(({ shown }) => shown.midi)).toEqual([40, 40, 40, 40, 40, 40, 80, 80, 80, 80, 80, 80]);
  const values = all.map(({ values: held }) => held[0]);
  const expected = [1, 0.85, 1, 0.85, 1, 0.85, 0, 0.15, 0, 0.15, 0, 0.15];
  values.forEach((value, i) => expect(value).toBeCloseTo(expected[i], 6));
});
