import type { Picture } from '@cmcgan/image-io';
import { describe, expect, it } from 'vitest';
import { soundToImageGrid } from '../samples/sample-grids';
import { WAYS } from '@cmcgan/model';
import { cellCounts, cutSheet } from './cut-sheet';

/** Grey levels that identify the columns, and the given and true rows, of a sheet. */
const grey = (column: number, line: 'given' | 'truth') => 20 + 10 * column + (line === 'truth' ? 5 : 0);
const asRange = (level: number) => level / 127.5 - 1;

const sheetOf = (names: readonly string[], ways = WAYS.filter(({ from }) => from === 'A')): Promise<Picture> =>
  soundToImageGrid(
    names.map((instrument, column) => ({
      instrument,
      truth: {
        image: new Float32Array(128 * 128 * 3).fill(asRange(grey(column, 'truth'))),
        sound: new Float32Array(128 * 32).fill(-1),
      },
      generated: { AAV: new Float32Array(128 * 128 * 3).fill(asRange(grey(column, 'given'))) },
    })),
    ways,
  );
const pixelAt = ({ pixels, width }: Picture, x: number, y: number) => pixels[(y * width + x) * 3];

describe('cellCounts', () => {
  it.each([
    [['a', 'b']],
    [['double_bass', 'violin', 'a']],
    [['a name that is so long that it takes many lines above its cell', 'b']],
    [Array.from({ length: 100 }, (_, index) => `instrument ${index}`)],
  ])('of a sheet is what it was laid out with, whatever its labels: %#', async (names) => {
    expect(cellCounts(await sheetOf(names))).toEqual({ columns: names.length, rows: 4 });
    const direct = WAYS.filter(({ from, output }) => from === 'A' && output === 'direct');
    expect(cellCounts(await sheetOf(names, direct))).toEqual({ columns: names.length, rows: 3 });
  });
});

describe('cutSheet', () => {
  it('holds the cells of some columns alone, edge to edge', async () => {
    const cut = cutSheet(await sheetOf(['a', 'b', 'c', 'd']), { from: 1, count: 2, size: 96 });
    expect([cut.width, cut.height]).toEqual([192, 4 * 96]);
    for (const [x, column] of [
      [0, 1],
      [95, 1],
      [96, 2],
      [191, 2],
    ] as const) {
      for (const y of [96, 191]) expect(pixelAt(cut, x, y)).toBe(grey(column, 'given'));
      for (const y of [288, 383]) expect(pixelAt(cut, x, y)).toBe(grey(column, 'truth'));
    }
  });
});
