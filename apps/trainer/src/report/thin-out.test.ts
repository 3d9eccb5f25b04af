import { expect, it } from 'vitest';
import { thinOut } from './thin-out';

const numbers = (count: number) => Array.from({ length: count }, (_, index) => index);

it('keeps the first and the last, and even gaps', () => expect(thinOut(numbers(13), 4)).toEqual([0, 4, 8, 12]));
it('keeps all where they are few', () => expect(thinOut(numbers(3), 4)).toEqual([0, 1, 2]));
it('repeats nothing', () => expect(new Set(thinOut(numbers(25), 24)).size).toBe(24));
