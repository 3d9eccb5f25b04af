import { describe, expect, it } from 'vitest';
import { planBatches } from './plan-batches';

function take(count: number, batches: Generator<number[]>): number[][] {
  return Array.from({ length: count }, () => batches.next().value as number[]);
}

describe('planBatches', () => {
  it('gives each position once a pass, in another order each time', () => {
    const passes = [
      take(3, planBatches(12, { batchSize: 4, seed: 1 })),
      take(6, planBatches(12, { batchSize: 4, seed: 1 })).slice(3),
    ];
    for (const pass of passes) expect(pass.flat().sort((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
    expect(passes[1]).not.toEqual(passes[0]);
  });

  it('gives whole batches only', () => {
    expect(take(5, planBatches(10, { batchSize: 4, seed: 1 })).map(({ length }) => length)).toEqual([4, 4, 4, 4, 4]);
  });

  it('makes one batch of fewer positions than a batch holds', () => {
    expect(take(2, planBatches(3, { batchSize: 16, seed: 1 })).map((batch) => [...batch].sort())).toEqual([
      [0, 1, 2],
      [0, 1, 2],
    ]);
  });

  it('depends on the seed alone', () => {
    const plan = (seed: number) => take(4, planBatches(20, { batchSize: 4, seed }));
    expect(plan(1)).toEqual(plan(1));
    expect(plan(2)).not.toEqual(plan(1));
  });
});
