import { expect, it } from 'vitest';
import { parseStem } from './parse-stem';

it.each([
  ['violin02_500', 2, 500],
  ['double_bass00_12500', 0, 12500],
  ['horn100_900', 100, 900],
])('parseStem reads %s', (stem, song, timeMs) => {
  expect(parseStem(stem)).toEqual({ song, timeMs });
});

it.each(['meadow', 'violin_500', 'violin02', 'violin02_500_b'])('parseStem finds neither in %s', (stem) => {
  expect(parseStem(stem)).toEqual({ song: null, timeMs: null });
});
