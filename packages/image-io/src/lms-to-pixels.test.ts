import { describe, expect, it } from 'vitest';
import { COLOUR_MAP } from './colour-map';
import { lmsToPixels } from './lms-to-pixels';

const QUIET = [...COLOUR_MAP[0]];
const LOUD = [...COLOUR_MAP[255]];

describe('lmsToPixels', () => {
  it('draws the lowest mel at the bottom and time to the right', () => {
    const values = Float32Array.of(1, -1, -1, -1, -1, -1); // [3 mels, 2 frames]: loud in mel 0, frame 0
    const { pixels, width, height } = lmsToPixels(values, { melCount: 3, frameCount: 2 });
    expect([width, height]).toEqual([2, 3]);
    expect([...pixels]).toEqual([...QUIET, ...QUIET, ...QUIET, ...QUIET, ...LOUD, ...QUIET]);
  });

  it('draws each value scale pixels wide and high', () => {
    const options = { melCount: 1, frameCount: 2 };
    const twice = lmsToPixels(Float32Array.of(-1, 1), { ...options, scale: 2 });
    expect([twice.width, twice.height]).toEqual([4, 2]);
    const row = [...QUIET, ...QUIET, ...LOUD, ...LOUD];
    expect([...twice.pixels]).toEqual([...row, ...row]);
    const wide = lmsToPixels(Float32Array.of(-1, 1), { ...options, scale: { frames: 3, mels: 1 } });
    expect([wide.width, wide.height]).toEqual([6, 1]);
  });

  it('accepts decibels with their range, and uses the end colours beyond it', () => {
    const { pixels } = lmsToPixels(Float32Array.of(-100, -80, -40, 0, 10), { melCount: 1, frameCount: 5, low: -80, high: 0 });
    expect([...pixels]).toEqual([...QUIET, ...QUIET, ...COLOUR_MAP[128], ...LOUD, ...LOUD]);
  });

  it.each([
    [{ melCount: 2, frameCount: 2 }, 'lmsToPixels: values must hold 2·2 = 4, got 3'],
    [{ melCount: 3, frameCount: 1, low: 0, high: 0 }, 'lmsToPixels: low must be below high, got 0 and 0'],
    [{ melCount: 3, frameCount: 1, scale: 1.5 }, 'lmsToPixels: scale across must be a positive integer, got 1.5'],
    [{ melCount: 3, frameCount: 1 }, 'lmsToPixels: values must be numbers, got NaN at 2'],
  ])('refuses %j', (options, message) => {
    expect(() => lmsToPixels(Float32Array.of(0, 0, NaN), options)).toThrow(message);
  });
});
