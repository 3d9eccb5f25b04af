import { describe, expect, it } from 'vitest';
import { createAccesses } from './accesses';
import { createArena } from './arena';
import type { Range } from './arena';

let state = 1;
/** Whole numbers from 0 to before `below`, the same in each run: a linear congruential generator (Numerical Recipes). */
const whole = (below: number): number => {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
  return Math.floor((state / 2 ** 32) * below);
};
const range = (): Range => {
  const start = whole(40);
  return { start, end: start + 1 + whole(12) };
};
const overlap = (a: Range, b: Range): boolean => a.start < b.end && b.start < a.end;

describe('createAccesses', () => {
  it('finds the last entry in conflict, as a search through all of them does', () => {
    const accesses = createAccesses();
    const all: { reads: Range[]; writes: Range[] }[] = [];
    for (let number = 1; number <= 300; number++) {
      const [reads, writes] = [[range(), range()], [range()]];
      const touches = (ranges: Range[], others: Range[]) => ranges.some((a) => others.some((b) => overlap(a, b)));
      const isConflict = (each: (typeof all)[number]) =>
        touches(reads, each.writes) || touches(writes, each.writes) || touches(writes, each.reads);
      const expected = all.map(isConflict).lastIndexOf(true);
      expect(accesses.lastConflict(reads, writes)).toBe(expected + 1);
      accesses.add(number, reads, writes);
      all.push({ reads, writes });
    }
  });
});

describe('createArena', () => {
  const create = (reuses: boolean) => {
    const acquired: number[] = [];
    let next = 1000;
    const acquire = (bytes: number): number => {
      acquired.push(next);
      next += bytes + 8;
      return next - bytes - 8;
    };
    const release = (address: number): void => void acquired.splice(acquired.indexOf(address), 1);
    return { arena: createArena({ acquire, release, reuses }), acquired };
  };

  it('never gives memory twice, takes little more than is in use, and returns all of it', () => {
    const { arena, acquired } = create(true);
    const used: Range[] = [];
    let [inUse, most] = [0, 0];
    for (let i = 0; i < 2000; i++) {
      if (used.length > 0 && whole(2) === 0) {
        const [{ start, end }] = used.splice(whole(used.length), 1);
        arena.free(start);
        inUse -= end - start;
        continue;
      }
      const bytes = 64 * (1 + whole(i % 7 === 0 ? 4000 : 40));
      const start = arena.allocate(bytes);
      const block = { start, end: start + bytes };
      expect(used.find((other) => overlap(other, block))).toBeUndefined();
      expect([start, block.end - 1].every((address) => arena.owns(address))).toBe(true);
      used.push(block);
      inUse += bytes;
      most = Math.max(most, inUse);
    }
    expect(arena.bytes()).toBeLessThan(1.5 * most);
    arena.dispose();
    expect(acquired).toEqual([]);
  });

  it('for constants, gives no block a second time', () => {
    const { arena } = create(false);
    const first = arena.allocate(100);
    arena.free(first);
    expect(arena.allocate(100)).not.toBe(first);
  });
});
