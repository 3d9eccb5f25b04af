import { expect, it } from 'vitest';
import { columns } from './columns';

it('columns wraps the last one below itself', () => {
  expect(
    columns(
      [
        ['a', 'one two three four five six seven'],
        ['bb', 'x'],
      ],
      31,
    ),
  ).toEqual(['  a   one two three four five', '      six seven', '  bb  x']);
});
