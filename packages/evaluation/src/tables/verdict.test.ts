import { expect, it } from 'vitest';
import { chanceOf, scoreCell } from './cell';
import type { Table1 } from './table1';
import { verdictsOf } from './verdict';

/** 100 samples of ten classes, ten each, with this many classified correctly, spread over the classes. */
function cell(correct: number) {
  const actual = Array.from({ length: 100 }, (_, i) => i % 10);
  return scoreCell(
    actual,
    actual.map((id, i) => (i < correct ? id : (id + 1) % 10)),
    [...'abcdefghij'],
  );
}

/** The verdict if a judge recognises this many of 100 generated images, and of 100 real ones. */
function verdictOf(generated: number, real: number) {
  const test = { ...cell(generated), paper: null, output: 'direct', direct: null } as const;
  const table1: Table1 = { soundToImage: { train: null, test }, imageToSound: { train: null, test: null } };
  return verdictsOf(table1, { V: cell(real), A: cell(0) })[0];
}

it.each([
  [10, 95, 'no better than chance', 'bad'],
  [14, 95, 'no better than chance', 'bad'], // Wilson's interval of 14 of 100 begins at 8.5 %
  [25, 95, 'weak', 'bad'],
  [55, 95, 'fair', 'fair'],
  [75, 95, 'good', 'good'],
  [92, 95, 'as recognisable as real images', 'good'],
  [90, 12, 'cannot be judged, since the judge does not recognise real images either', 'unknown'],
])('%d of 100 generated images known, %d of real ones: %s', (generated, real, word, level) => {
  expect(verdictOf(generated, real)).toEqual({
    level,
    claim: `Images made from sounds: ${word}.`,
    grounds: `A judge trained on real images recognises ${generated}.0 % of the images made from test sounds; chance is 10.0 %, real test images get ${real}.0 %.`,
  });
});

it('leaves out a direction that a run lacks', () => {
  const none = { train: null, test: null };
  expect(verdictsOf({ soundToImage: none, imageToSound: none }, { V: cell(90), A: cell(90) })).toEqual([]);
});

it('takes the accuracy of always naming the most frequent class as chance', () => {
  expect(chanceOf(scoreCell([0, 0, 0, 1], [1, 1, 1, 1], ['a', 'b']))).toBe(0.75);
  expect(chanceOf(scoreCell([0, 1, 2, 3], [1, 1, 1, 1], ['a', 'b', 'c', 'd']))).toBe(0.25);
});
