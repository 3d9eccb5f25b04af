import { describe, expect, it } from 'vitest';
import { scoreCell } from '../tables/cell';
import type { FusedCell, Table2, Table2Cell } from '../tables/table2';
import { poolTable2 } from './pool-table2';

const classIds = Array.from({ length: 10 }, (_, i) => i % 2);
/** A classifier that is right about the pairs from `from` up to `to`. */
const fused = (from: number, to: number, calibrationError: number): FusedCell => {
  const predicted = classIds.map((id, i) => (i >= from && i < to ? id : 1 - id));
  const gain = { mean: 0, interval: [0, 0], clusters: 10 } as const;
  return { ...scoreCell(classIds, predicted, ['a', 'b']), predicted, calibrationError, gain };
};
const cell = (one: FusedCell, pooled: FusedCell | null, taught: FusedCell | null = null): Table2Cell => ({
  ...one,
  ...{ paper: null, output: null, direct: null, late: null, pooled, taught },
});
const table = (shift: number): Table2 => ({
  V: cell(fused(0, 10, 0), null),
  A: cell(fused(shift, 8, 0.1), null),
  'V-A': cell(fused(0, 10, 0), fused(0, 10, 0), fused(0, 9, 0.2)),
  'GV-A': cell(fused(0, 4, 0.3), fused(shift, 9, 0.1 + shift / 10)),
  'GA-V': null,
});

describe('poolTable2', () => {
  it('pools accuracies and gains over the real half, pair by pair, and averages calibration errors', () => {
    const rows = poolTable2(classIds, [table(0), table(2)]);
    const named = rows.map(({ column, classifier }) => `${column} ${classifier}`);
    expect(named).toEqual(['V one', 'A one', 'V-A one', 'V-A pooled', 'V-A taught', 'GV-A one', 'GV-A pooled']);
    const [, A, VA, , taught, joint, pooled] = rows;
    expect([A.accuracy.mean, A.gain, VA.gain!.mean, joint.accuracy.mean]).toEqual([0.7, null, 0, 0.4]);
    expect([taught.accuracy.mean, taught.calibrationError]).toEqual([0.9, 0.2]);
    expect(joint.gain!.mean).toBeCloseTo(-0.3, 12);
    expect(pooled).toMatchObject({ evaluations: 2, accuracy: { mean: 0.8, clusters: 10 } });
    expect(pooled.gain!.mean).toBeCloseTo(0.1, 12); // right about one more pair, in both
    expect(pooled.gain!.interval[0]).toBe(0);
    expect(pooled.calibrationError).toBeCloseTo(0.2, 12);
  });

  it('refuses tables of other pairs, or none', () => {
    expect(() => poolTable2([0], [table(0)])).toThrow('poolTable2: tables must each be of 1 pairs, got 10');
    expect(() => poolTable2([0], [])).toThrow('poolTable2: tables must each be of 1 pairs, got none');
  });
});
