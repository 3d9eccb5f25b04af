import { expect, it } from 'vitest';
import type { Evaluation } from '../evaluation/evaluation';
import { scoreCell } from '../tables/cell';
import { chanceOf } from '../tables/chance';
import { verdictsOf } from './verdict';

/** 100 samples of ten classes, ten each, of which so many are named rightly, spread over the classes. */
function cell(correct: number) {
  const actual = Array.from({ length: 100 }, (_, i) => i % 10);
  return scoreCell(
    actual,
    actual.map((id, i) => (i < correct ? id : (id + 1) % 10)),
    [...'abcdefghij'],
  );
}

/** What a verdict says where a judge knows so many of 100 generated images, and of real ones. */
function verdictOf(generated: number, real: number) {
  const evaluation = {
    table1: { soundToImage: { train: null, test: cell(generated) }, imageToSound: { train: null, test: null } },
    judge: { real: { test: { V: cell(real), A: cell(0) } } },
  } as unknown as Evaluation;
  return verdictsOf(evaluation)[0];
}

it.each([
  [10, 95, 'no better than chance', 'bad'],
  [14, 95, 'no better than chance', 'bad'], // Wilson's interval of 14 of 100 begins at 8.5 %
  [25, 95, 'weak', 'bad'],
  [55, 95, 'fair', 'fair'],
  [75, 95, 'good', 'good'],
  [92, 95, 'as recognisable as real images', 'good'],
  [90, 12, 'not to be judged, since the judge does not know real images either', 'unknown'],
])('%d of 100 generated images known, %d of real ones: %s', (generated, real, word, level) => {
  expect(verdictOf(generated, real)).toEqual({
    level,
    claim: `Images made from sounds: ${word}.`,
    grounds: `A judge of real images names the right class for ${generated}.0 % of those made from test sounds; chance is 10.0 %, real test images get ${real}.0 %.`,
  });
});

it('leaves out a direction that a run lacks', () => {
  const none = { train: null, test: null };
  expect(verdictsOf({ table1: { soundToImage: none, imageToSound: none } } as unknown as Evaluation)).toEqual([]);
});

it('takes for chance what always naming the most frequent class gets', () => {
  expect(chanceOf(scoreCell([0, 0, 0, 1], [1, 1, 1, 1], ['a', 'b']))).toBe(0.75);
  expect(chanceOf(scoreCell([0, 1, 2, 3], [1, 1, 1, 1], ['a', 'b', 'c', 'd']))).toBe(0.25);
});
