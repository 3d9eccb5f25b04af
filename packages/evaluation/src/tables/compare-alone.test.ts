import { expect, it } from 'vitest';
import { scoreCell } from './cell';
import { compareAlone } from './compare-alone';
import type { Table2 } from './table2';

/** A cell of 100 samples of two classes with this many classified correctly. */
function cell(correct: number) {
  const actual = Array.from({ length: 100 }, (_, i) => i % 2);
  const predicted = actual.map((id, i) => (i < correct ? id : 1 - id));
  return {
    ...scoreCell(actual, predicted, ['a', 'b']),
    paper: null,
    output: null,
    direct: null,
    late: null,
    pooled: null,
    taught: null,
    calibrationError: 0,
    predicted,
  };
}

const compare = (alone: number, together: number) =>
  compareAlone('GA-V', { V: cell(alone), 'GA-V': cell(together), A: null, 'V-A': null, 'GV-A': null } satisfies Table2);

it.each([
  [100, 100, 'says nothing here: the image alone gets 100.0 % already'],
  [100, 90, 'the image alone gets 100.0 %: the generated sounds only mislead'],
  [80, 50, 'the image alone gets 80.0 %: the generated sounds mislead'],
  [80, 78, 'the image alone gets 80.0 %: the generated sounds make no clear difference'],
  [50, 80, 'the image alone gets 50.0 %: the generated sounds help; they come from the image, so look for leakage first'],
])('V alone %d %%, GA-V %d %%', (alone, together, words) => expect(compare(alone, together)).toBe(words));

it('is empty if a model lacks the direction', () => {
  expect(compareAlone('GV-A', { V: cell(1), A: cell(1), 'V-A': cell(1), 'GV-A': null, 'GA-V': cell(1) })).toBe('');
});
