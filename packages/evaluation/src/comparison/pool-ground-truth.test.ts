import { wilsonInterval } from '@cmcgan/classifier';
import { createRandom } from '@cmcgan/random';
import { describe, expect, it } from 'vitest';
import type { GroundTruthMeasure, TruthMeasure } from '../measures/ground-truth';
import { againstChance } from '../metrics/against-chance';
import { poolGroundTruth } from './pool-ground-truth';

const random = createRandom(5);
/** Errors of one evaluation, of which about half are within one. */
const draw = (n: number) => Array.from({ length: n }, () => Math.abs(2 * random.normal()) ** 1.2);
const measured = (errors: readonly number[]) =>
  againstChance({ estimates: errors, truths: errors.map(() => 0), groups: errors.map(() => 0) }, createRandom(1));
const truth = (errors: readonly number[], direct: boolean): TruthMeasure => {
  const all = measured(errors);
  return { real: all, generated: all, direct: direct ? all : null };
};
const measure = (errors: readonly number[], direct = true): GroundTruthMeasure => {
  const each = truth(errors, direct);
  return { soundToImage: { pitch: each, loudness: each }, imageToSound: null };
};

describe('poolGroundTruth', () => {
  const [few, many] = [draw(150), draw(450)];

  it('gives what one evaluation of all pairs gives', () => {
    const rows = poolGroundTruth([measure(few), measure(many)]);
    expect(rows.map(({ direction, quantity, samples }) => `${direction} ${quantity} ${samples}`)).toEqual(
      ['pitch', 'loudness'].flatMap((name) =>
        ['real', 'generated', 'direct'].map((samples) => `soundToImage ${name} ${samples}`),
      ),
    );
    const [pooled] = rows;
    const whole = measured([...few, ...many]);
    expect(pooled.n).toBe(600);
    expect(pooled.error).toBeCloseTo(whole.error, 12);
    expect(pooled.closeShare).toBeCloseTo(whole.closeShare, 12);
    const close = [...few, ...many].filter((error) => error <= 1).length;
    expect(pooled.closeInterval).toEqual(wilsonInterval(close, 600));
    const width = whole.errorInterval[1] - whole.errorInterval[0];
    for (const end of [0, 1]) expect(Math.abs(pooled.errorInterval[end] - whole.errorInterval[end])).toBeLessThan(0.15 * width);
  });

  it('leaves out what one of the evaluations lacks', () => {
    const rows = poolGroundTruth([measure(few), measure(many, false)]);
    expect(new Set(rows.map(({ samples }) => samples))).toEqual(new Set(['real', 'generated']));
  });

  it('refuses no evaluation', () => {
    expect(() => poolGroundTruth([])).toThrow('poolGroundTruth: measures must hold at least one evaluation, got none');
  });
});
