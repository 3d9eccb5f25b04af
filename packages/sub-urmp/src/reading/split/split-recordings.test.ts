import { describe, expect, it } from 'vitest';
import { createRandom } from '@cmcgan/random';
import { sideKey, splitRecordings } from './split-recordings';

describe('splitRecordings', () => {
  const items = (className: string, count: number, split?: 'train' | 'validation') =>
    Array.from({ length: count }, (_, i) => ({ className, recording: `${className}/${i}`, split }));
  const split = (all: ReturnType<typeof items>, validationShare = 0.2, seed = 1) => {
    const sides = splitRecordings(all, { validationShare, random: createRandom(seed) });
    return all.map((item) => sides.get(sideKey(item)));
  };

  it('keeps a share of each class, one at least and never all', () => {
    const count = (sides: unknown[]) => sides.filter((side) => side === 'validation').length;
    expect([10, 2, 3, 100].map((n) => count(split(items('a', n))))).toEqual([2, 1, 1, 20]);
    expect(count(split(items('a', 3), 0.99))).toBe(2);
  });

  it('depends on the seed and on nothing else: not on other classes, not on the order', () => {
    const alone = split(items('b', 10));
    expect(split([...items('a', 5), ...items('b', 10)]).slice(5)).toEqual(alone);
    expect(split(items('b', 10).reverse()).reverse()).toEqual(alone);
    expect(Array.from({ length: 20 }, (_, seed) => split(items('b', 10), 0.2, seed).join())).not.toEqual(
      Array(20).fill(alone.join()),
    );
  });

  it('keeps files of one recording together, and a lone recording for its end', () => {
    const twice = [...items('a', 4), ...items('a', 4)];
    const sides = split(twice);
    expect(sides.slice(0, 4)).toEqual(sides.slice(4));
    expect(split(items('a', 1))).toEqual(['end']);
  });

  it('leaves what is on a side there', () => {
    expect(split([...items('a', 2, 'validation'), ...items('a', 3, 'train')])).toEqual([
      ...['validation', 'validation'],
      ...['train', 'train', 'train'],
    ]);
  });
});
