import { describe, expect, it } from 'vitest';
import { wholeNumberFlag } from './whole-number-flag';

const flag = { name: 'jobs', fallback: 3, minimum: 1 };

describe('wholeNumberFlag', () => {
  it('parses the text, and uses the fallback if there is none', () => {
    expect([wholeNumberFlag('7', flag), wholeNumberFlag(' 1 ', flag), wholeNumberFlag(undefined, flag)]).toEqual([7, 1, 3]);
  });

  it.each(['', '0', '-1', '1.5', 'two', '1e99', 'NaN'])('refuses %j, naming the flag and the rule', (text) => {
    expect(() => wholeNumberFlag(text, flag)).toThrow(`--jobs must be a whole number of at least 1, got ${text}`);
  });
});
