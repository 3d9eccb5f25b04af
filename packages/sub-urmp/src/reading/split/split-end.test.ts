import { describe, expect, it } from 'vitest';
import { splitEnd } from './split-end';

describe('splitEnd', () => {
  it('keeps the end, and half a second between the sides', () => {
    const times = Array.from({ length: 20 }, (_, i) => 250 + i * 100);
    const sides = splitEnd(times, { validationShare: 0.2, windowMs: 500 });
    expect(sides.slice(16)).toEqual(Array(4).fill('validation'));
    expect(sides.slice(12, 16)).toEqual(Array(4).fill(undefined));
    expect(sides.slice(0, 12)).toEqual(Array(12).fill('train'));
  });
});
