import { expect, it } from 'vitest';
import { textTable } from './text-table';

it('textTable makes each column as wide as its widest cell, and leaves no space at the end of a line', () => {
  expect(textTable([['a', 'b'], ['long', ''], ['', 'xyz']])).toEqual(['a     b', '────  ───', 'long', '      xyz']); // prettier-ignore
});
