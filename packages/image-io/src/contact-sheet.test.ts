import { describe, expect, it } from 'vitest';
import { contactSheet, contactSheetSvg, type ContactSheetOptions } from './contact-sheet';
import { textHeight, textWidth } from './draw-text';
import { blankPicture, type Picture } from './picture';

const GREEN = [0, 200, 0] as const;
const VIOLET = [120, 0, 200] as const;

const pixelAt = ({ pixels, width }: Picture, x: number, y: number) => [
  ...pixels.subarray((y * width + x) * 3, (y * width + x) * 3 + 3),
];

/** How many pixels of a region are ink. */
function inkCount(sheet: Picture, region: { left: number; top: number; right: number; bottom: number }): number {
  let count = 0;
  for (let y = region.top; y < region.bottom; y++) {
    for (let x = region.left; x < region.right; x++) if (pixelAt(sheet, x, y).join() === '20,20,20') count++;
  }
  return count;
}

describe('contactSheet', () => {
  it('lays the cells out with gaps, and leaves no room for absent labels', async () => {
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

  it('keeps a long row label within its row, shortened with an ellipsis', async () => {
    const label = 'a label that is so long that it would run over the next row and over the one behind it as well';
    for (const cellSize of [8, 32, 64, 128]) {
      const rows = [{ label, cells: [blankPicture(4, 4, GREEN)] }, { cells: [blankPicture(4, 4, VIOLET)] }];
      const sheet = await contactSheet({ rows, cellSize, gap: 4, textScale: 1 });
      const second = sheet.height - 4 - Math.max(cellSize, textHeight(1));
      expect(inkCount(sheet, { left: 0, top: 0, right: sheet.width, bottom: second })).toBeGreaterThan(10);
      expect(inkCount(sheet, { left: 0, top: second - 4, right: sheet.width, bottom: sheet.height })).toBe(0);
    }
    const svg = await contactSheetSvg({ rows: [{ label, cells: [blankPicture(4, 4, GREEN)] }], cellSize: 32 });
    expect([...svg.matchAll(/>([^<>]*)<\/text>/g)].map(([, text]) => text).join(' ')).toBe('a label that is…');
  });

  it('writes SVG for a page, with labels as real text', async () => {
    const svg = await contactSheetSvg({
      rows: [{ label: 'Œuvre & <Flöte>', cells: [blankPicture(4, 4, GREEN), null] }],
      cellSize: 128,
    });
    expect(svg).toContain('>Œuvre &amp;</text>');
    expect(svg).toContain('>&lt;Flöte&gt;</text>');
    expect(svg.match(/<image /g)).toHaveLength(1);
  });

  it.each([
    [{ rows: [{ cells: [null] }], columnLables: ['a'] }, 'got columnLables; did you mean columnLabels?'],
    [{ rows: [{ cells: [null], name: 'x' }] }, 'contactSheet: rows: options must be known ones, got name; it takes label, cells'],
    [{ rows: [{ cells: [null] }], fit: 'fill' }, "contactSheet: fit must be 'stretch' or 'contain', got fill"],
    [{ rows: [] }, 'contactSheet: rows must hold at least one cell, got none'],
    [{ rows: [{ cells: [null] }], columnLabels: ['a', 'b'] }, 'columnLabels must be at most one for each of 1 columns, got 2'],
    [{ rows: [{ cells: [null] }], cellSize: 0 }, 'contactSheet: cellSize must be an integer of at least 1, got 0'],
    [{ rows: [{ cells: [{ pixels: new Uint8Array(2), width: 1, height: 1 }] }] }, 'pixels must hold 1·1·3 = 3 values, got 2'],
  ])('refuses %j', async (options, message) => {
    await expect(contactSheet(options as ContactSheetOptions)).rejects.toThrow(message);
  });
});
