import { Command } from 'commander';
import { describeError } from '@cmcgan/command-line';
import { expect, it } from 'vitest';
import { addFlags } from '../commands/flags';
import { REMEDIES } from './remedies';

it('only name flags that the program has', () => {
  const flags = addFlags(new Command(), 'evaluate').options.map(({ long }) => long);
  const named = Object.values(REMEDIES).flatMap((remedy) => remedy.replace(/npx .*/, '').match(/--[a-z-]+/g) ?? []);
  expect(named.length).toBeGreaterThan(0);
  for (const flag of named) expect(flags).toContain(flag);
});

it.each(['onBroken', 'onMissingHalf', 'cacheFolder'])("take the place of a library's option %s", (option) => {
  const error = Object.assign(new Error(`f: x must be y, got z; pass ${option}`), {
    problem: 'x must be y, got z',
    remedy: { option },
  });
  expect(describeError(error, REMEDIES)).toBe(`x must be y, got z; ${REMEDIES[option]}`);
});

it('omit a suggestion if the program has no flag for it', () => {
  const error = Object.assign(new Error('raise maxPixels'), { problem: 'too many pixels', remedy: { option: 'maxPixels' } });
  expect(describeError(error, REMEDIES)).toBe('too many pixels');
});
