import { describe, expect, it } from 'vitest';
import { assertKnownOptions } from './known-options';

const KNOWN = ['size', 'background', 'maxPixels', 'onWarning', 'colour'];
const check = (options: unknown) => () => assertKnownOptions('draw', options, KNOWN);

describe('assertKnownOptions', () => {
  it('accepts known options, or none', () => {
    expect(check({})).not.toThrow();
    expect(check({ size: 1, colour: undefined })).not.toThrow();
  });

  it.each([
    [{ sise: 1 }, 'draw: options must be known ones, got sise; did you mean size?'],
    [{ max_pixels: 1 }, 'got max_pixels; did you mean maxPixels?'],
    [{ MaxPixels: 1 }, 'got MaxPixels; did you mean maxPixels?'],
    [{ color: 1 }, 'got color; did you mean colour?'],
    [{ bg: 1 }, 'got bg; did you mean background?'],
    [{ sise: undefined }, 'got sise; did you mean size?'],
    [{ entirelyOther: 1 }, 'got entirelyOther; it takes size, background, maxPixels, onWarning, colour'],
    [null, 'draw: options must be an object, got null'],
    [[1], 'draw: options must be an object, got an array'],
  ])('refuses %j', (options, message) => {
    expect(check(options)).toThrow(message);
  });
});
