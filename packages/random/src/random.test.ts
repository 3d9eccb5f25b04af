import { describe, expect, it } from 'vitest';
import { createRandom, restoreRandom } from './random';

/** Raw 32-bit outputs: integer(2^32) never rejects. */
const raw = (random: { integer(n: number): number }, count: number) =>
  Array.from({ length: count }, () => random.integer(2 ** 32));

describe('createRandom', () => {
  it('produces the published xoshiro128** sequence from the state 1, 2, 3, 4', () => {
    const random = restoreRandom({ origin: [1, 2, 3, 4], words: [1, 2, 3, 4] });
    expect(raw(random, 10)).toEqual([
      11520, 0, 5927040, 70819200, 2031721883, 1637235492, 1287239034, 3734860849, 3729100597, 4258142804,
    ]);
  });

  it('seeds with the published SplitMix64 sequence', () => {
    const { words } = createRandom(0).getState(); // SplitMix64 from 0: e220a8397b1dcdaf, 6e789e6aa1b965f4
    expect(words.map((word) => word.toString(16))).toEqual(['7b1dcdaf', 'e220a839', 'a1b965f4', '6e789e6a']);
  });

  it('gives uniform numbers in [0, 1) with the mean and variance of a uniform distribution', () => {
    const random = createRandom(7);
    const draws = Array.from({ length: 20000 }, () => random.uniform());
    expect(Math.min(...draws)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...draws)).toBeLessThan(1);
    expect(mean(draws)).toBeCloseTo(0.5, 1);
    expect(mean(draws.map((x) => (x - 0.5) ** 2))).toBeCloseTo(1 / 12, 2);
  });

  it('gives normal numbers with mean 0, variance 1 and 68 % within one deviation', () => {
    const random = createRandom(8);
    const draws = Array.from({ length: 40000 }, () => random.normal());
    expect(Math.abs(mean(draws))).toBeLessThan(0.02);
    expect(Math.abs(mean(draws.map((x) => x * x)) - 1)).toBeLessThan(0.03);
    expect(Math.abs(mean(draws.map((x) => (Math.abs(x) < 1 ? 1 : 0))) - 0.6827)).toBeLessThan(0.01);
  });

  it('gives every integer below n equally often', () => {
    const random = createRandom(9);
    const counts = new Array(5).fill(0);
    for (let i = 0; i < 10000; i++) counts[random.integer(5)]++;
    counts.forEach((count) => expect(Math.abs(count - 2000)).toBeLessThan(200));
  });

  it('shuffles in place without losing an element', () => {
    const array = Array.from({ length: 50 }, (_, i) => i);
    const shuffled = createRandom(10).shuffle(array);
    expect(shuffled).toBe(array);
    expect(shuffled).not.toEqual([...shuffled].sort((a, b) => a - b));
    expect([...shuffled].sort((a, b) => a - b)).toEqual(Array.from({ length: 50 }, (_, i) => i));
  });

  it('forks by seed and label, whatever was drawn before', () => {
    const drawn = createRandom(3);
    raw(drawn, 5);
    expect(raw(drawn.fork('songs'), 4)).toEqual(raw(createRandom(3).fork('songs'), 4));
    expect(raw(createRandom(3).fork('songs'), 4)).not.toEqual(raw(createRandom(3).fork('places'), 4));
    expect(raw(createRandom(3).fork('songs'), 4)).not.toEqual(raw(createRandom(4).fork('songs'), 4));
    expect(raw(createRandom(3).fork('a').fork('b'), 4)).not.toEqual(raw(createRandom(3).fork('b').fork('a'), 4));
  });

  it('continues after its state went through JSON', () => {
    const random = createRandom(11);
    random.normal();
    const copy = restoreRandom(JSON.parse(JSON.stringify(random.getState())));
    expect(raw(copy, 8)).toEqual(raw(random, 8));
    expect(raw(copy.fork('x'), 3)).toEqual(raw(random.fork('x'), 3));
  });

  it('names a wrong argument', () => {
    expect(() => createRandom(-1)).toThrow('createRandom: seed must be a non-negative safe integer, got -1');
    expect(() => createRandom(0.5)).toThrow('createRandom: seed must be');
    expect(() => createRandom(1).integer(0)).toThrow('Random.integer: n must be an integer from 1 to 2^32, got 0');
    expect(() => createRandom(1).setState({ origin: [1, 2, 3, 4], words: [0, 0, 0, 0] })).toThrow(
      'Random.setState: words must be four 32-bit words',
    );
  });
});

function mean(values: number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
