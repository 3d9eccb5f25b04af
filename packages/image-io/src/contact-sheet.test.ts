import { describe, expect, it } from 'vitest';
import { contactSheet } from './contact-sheet';
import { textHeight, textWidth } from './draw-text';
import { blankPicture, type Picture } from './picture';

const GREEN = [0, 200, 0] as const;
const VIOLET = [120, 0, 200] as const;

const pixelAt = ({ pixels, width }: Picture, x: number, y: number) => [
  ...pixels.subarray((y * width + x) * 3, (y * width + x) * 3 + 3),
];

/** The bounds of the pixels that are neither paper nor one of the cells' colours. */
function inkCount(sheet: Picture, region: { left: number; top: number; right: number; bottom: number }): number {
  let count = 0;
  for (let y = region.top; y < region.bottom; y++) {
    for (let x = region.left; x < region.right; x++) if (pixelAt(sheet, x, y).join() === '20,20,20') count++;
  }
  return count;
}

describe('contactSheet', () => {
  it('lays the cells out with gaps, without room for labels that are not there', async () => {
    const sheet = await contactSheet({
      rows: [{ cells: [blankPicture(3, 5, GREEN), blankPicture(8, 8, VIOLET)] }, { cells: [null, blankPicture(1, 1, GREEN)] }],
      cellSize: 10,
      gap: 2,
    });
    expect([sheet.width, sheet.height]).toEqual([2 + 2 * 12, 2 + 2 * 12]);
    expect([pixelAt(sheet, 2, 2), pixelAt(sheet, 11, 11), pixelAt(sheet, 14, 2)]).toEqual([[...GREEN], [...GREEN], [...VIOLET]]);
    expect([pixelAt(sheet, 12, 5), pixelAt(sheet, 5, 18), pixelAt(sheet, 1, 1)]).toEqual(Array(3).fill([255, 255, 255]));
  });

  it("keeps proportions with fit 'contain'", async () => {
    const sheet = await contactSheet({ rows: [{ cells: [blankPicture(20, 10, GREEN)] }], cellSize: 20, gap: 0, fit: 'contain' });
    expect([pixelAt(sheet, 0, 4), pixelAt(sheet, 0, 5), pixelAt(sheet, 19, 14), pixelAt(sheet, 0, 15)]).toEqual([
      [255, 255, 255],
      [...GREEN],
      [...GREEN],
      [255, 255, 255],
    ]);
  });

  it('writes the labels beside and above the cells, never over them', async () => {
    const cells = [blankPicture(4, 4, GREEN), blankPicture(4, 4, VIOLET)];
    const sheet = await contactSheet({ rows: [{ label: 'horn', cells }], columnLabels: ['a', 'b'], cellSize: 64, gap: 4 });
    const left = 4 + textWidth('horn', 1) + 4;
    const top = 4 + textHeight(1) + 4;
    expect([sheet.width, sheet.height]).toEqual([left + 2 * 68, top + 68]);
    expect(inkCount(sheet, { left: 4, top, right: left - 4, bottom: top + 64 })).toBeGreaterThan(20);
    expect(inkCount(sheet, { left, top: 4, right: left + 64, bottom: top - 4 })).toBeGreaterThan(5);
    expect(inkCount(sheet, { left: left + 68, top: 4, right: left + 132, bottom: top - 4 })).toBeGreaterThan(5);
    expect(inkCount(sheet, { left, top, right: sheet.width, bottom: sheet.height })).toBe(0);
  });

  it('wraps a long label instead of cutting it', async () => {
    const cells = [blankPicture(4, 4, GREEN)];
    const heightWith = async (label: string) =>
      (await contactSheet({ rows: [{ cells }], columnLabels: [label], cellSize: 64 })).height;
    expect((await heightWith('ground truth picture')) - (await heightWith('ground'))).toBe(2 * textHeight(1));
  });

  it.each([
    [{ rows: [] }, 'contactSheet: rows must hold at least one cell, got none'],
    [{ rows: [{ cells: [null] }], columnLabels: ['a', 'b'] }, 'columnLabels must be at most one for each of 1 columns, got 2'],
    [{ rows: [{ cells: [null] }], cellSize: 0 }, 'contactSheet: cellSize must be an integer of at least 1, got 0'],
    [{ rows: [{ cells: [{ pixels: new Uint8Array(2), width: 1, height: 1 }] }] }, 'pixels must hold 1·1·3 = 3 values, got 2'],
  ])('refuses %j', async (options, message) => {
    await expect(contactSheet(options)).rejects.toThrow(message);
  });
});
