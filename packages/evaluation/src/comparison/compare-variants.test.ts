import { describe, expect, it } from 'vitest';
import { compareVariants, type ComparedRun } from './compare-variants';

const classIds = Array.from({ length: 40 }, (_, i) => i % 4);
/** Answers of which the first `right` are right. */
const answers = (right: number) => classIds.map((id, i) => (i < right ? id : (id + 1) % 4));
const cmcgan = (end: number, direct: number): ComparedRun => ({
  variant: 'cmcgan',
  answers: { AAV: answers(end), AV: answers(direct) },
});
const s2ic = (right: number): ComparedRun => ({ variant: 's2ic', answers: { AV: answers(right) } });

describe('compareVariants', () => {
  it('pools the runs of a variant, whose answers about a pair move together', () => {
    const { accuracies, pairs } = compareVariants(classIds, [cmcgan(30, 20), cmcgan(10, 20), s2ic(8)]);
    expect(pairs).toBe(40);
    expect(accuracies.map(({ variant, output, runs, accuracy }) => [variant, output, runs, accuracy.mean])).toEqual([
      ['cmcgan', 'pathEnd', 2, 0.5],
      ['cmcgan', 'direct', 2, 0.5],
      ['s2ic', 'direct', 1, 0.2],
    ]);
    // Direct outputs are right about the same 20 pairs in both runs: as wide as one run, B(40, 1/2) / 40.
    expect(accuracies[1].accuracy.interval).toEqual([14 / 40, 26 / 40]);
  });

  it("compares the path's end, and the direct output, with what the other variant is tested with", () => {
    const { differences } = compareVariants(classIds, [cmcgan(30, 20), s2ic(20)]);
    expect(differences).toMatchObject([
      { direction: 'soundToImage', output: 'pathEnd', main: 'cmcgan', other: 's2ic', runs: [1, 1], difference: { mean: 0.25 } },
      { output: 'direct', difference: { mean: 0, interval: [0, 0] } },
    ]);
    // Right about 10 pairs more, and about none less: B(40, 1/4) / 40.
    expect(differences[0].difference.interval).toEqual([5 / 40, 16 / 40]);
  });

  it('takes another main variant', () => {
    const { differences } = compareVariants(classIds, [cmcgan(30, 20), s2ic(20)], { main: 's2ic' });
    expect(differences.map(({ main, other, difference }) => [main, other, difference.mean])).toEqual([['s2ic', 'cmcgan', -0.25]]);
  });

  it('refuses what does not fit together', () => {
    expect(() => compareVariants(classIds, [s2ic(3)], { main: 'cmcgan' })).toThrow(
      'compareVariants: runs must hold one of the main variant cmcgan, got 1',
    );
    expect(() => compareVariants(classIds.slice(1), [s2ic(3)])).toThrow(
      'each run must have an answer for each of 39 pairs, got 40 of s2ic along AV',
    );
  });
});
