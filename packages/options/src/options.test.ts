import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { deviationOrHe, numberFrom, oneOf, parseOptions, positive, wholeNumber, withDefault } from './index';

const schema = z.strictObject({
  count: withDefault(wholeNumber(2), 3),
  rate: withDefault(positive(), 0.5),
  share: withDefault(numberFrom(0, 1), 0),
  depth: withDefault(oneOf([5, 6]), 6),
  limit: withDefault(z.nullable(positive()), null),
  inner: z.prefault(
    z.strictObject({ kind: withDefault(oneOf(['a', 'b']), 'a'), spread: withDefault(deviationOrHe(), 'he') }),
    {},
  ),
});
const parse = (options: unknown) => parseOptions('train', schema, options);

describe('parseOptions', () => {
  it('adds the values of what is left out, at every level', () => {
    const defaults = { count: 3, rate: 0.5, share: 0, depth: 6, limit: null, inner: { kind: 'a', spread: 'he' } };
    expect(parse({})).toEqual(defaults);
    expect(parse({ inner: { spread: 0.1 }, limit: 2, depth: undefined })).toEqual({
      ...defaults,
      limit: 2,
      inner: { kind: 'a', spread: 0.1 },
    });
  });

  it.each<[object, string]>([
    [{ count: 1 }, 'count must be a whole number of at least 2, got 1'],
    [{ count: 2.5 }, 'count must be a whole number of at least 2, got 2.5'],
    [{ rate: 0 }, 'rate must be positive, got 0'],
    [{ rate: NaN }, 'rate must be positive, got NaN'],
    [{ rate: Infinity }, 'rate must be positive, got Infinity'],
    [{ rate: '1' }, 'rate must be positive, got "1"'],
    [{ share: 1 }, 'share must be a number of at least 0 and below 1, got 1'],
    [{ depth: 7 }, 'depth must be one of 5, 6, got 7'],
    [{ limit: -1 }, 'limit must be positive, got -1'],
    [{ inner: { kind: 'c' } }, 'inner.kind must be one of a, b, got "c"'],
    [{ inner: { spread: 0 } }, "inner.spread must be positive or 'he', got 0"],
    [{ rate: 0, inner: { kin: 'a' } }, 'options must be among kind, spread, got inner.kin'],
    [{ cuont: 2 }, 'options must be among count, rate, share, depth, limit, inner, got cuont'],
  ])('refuses %j', (options, message) => {
    expect(() => parse(options)).toThrow(`train: ${message}`);
  });
});
