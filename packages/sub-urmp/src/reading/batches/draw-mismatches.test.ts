import { describe, expect, it } from 'vitest';
import { createRandom } from '@cmcgan/random';
import { drawMismatches } from './draw-mismatches';

describe('drawMismatches', () => {
  it('never draws the same instrument, however lopsided the batch', () => {
    for (let seed = 0; seed < 200; seed++) {
      const random = createRandom(seed);
      const classIds = [0, 1, ...Array.from({ length: 14 }, () => (random.uniform() < 0.8 ? 0 : random.integer(4)))];
      drawMismatches(classIds, random).forEach((j, i) => expect(classIds[j]).not.toBe(classIds[i]));
    }
  });

  it('draws every other sample of another class equally often', () => {
    const random = createRandom(3);
    const counts = [0, 0, 0, 0, 0];
    for (let i = 0; i < 3000; i++) counts[drawMismatches([0, 0, 1, 1, 2], random)[0]]++;
    expect(counts.slice(0, 2)).toEqual([0, 0]);
    for (const count of counts.slice(2)) expect(Math.abs(count - 1000)).toBeLessThan(120);
  });

  it('refuses a batch of one class', () => {
    expect(() => drawMismatches([4, 4], createRandom(0))).toThrow(
      'drawMismatches: classIds must hold at least 2 classes, got only 4',
    );
  });
});
