import { resizePicture, type Picture } from '@cmcgan/image-io';
import { GRID_LAYOUT } from '../samples/sample-grids';

const { cellSize, gap } = GRID_LAYOUT;
const PITCH = cellSize + gap;
/** Least space that labels take. They always take some, at most a cell's width at the left and a cell's height at the top. */
const LEAST_LABEL = gap + 1;

/** Number of columns and rows of a contact sheet, from its size; its cells are at the bottom right. */
export function cellCounts({ width, height }: Pick<Picture, 'width' | 'height'>): { columns: number; rows: number } {
  return { columns: Math.floor((width - LEAST_LABEL) / PITCH), rows: Math.floor((height - LEAST_LABEL) / PITCH) };
}

/** The cells of `count` columns of a contact sheet, from column `from` on, scaled to `size` pixels each, without labels and gaps. */
export function cutSheet(sheet: Picture, { from, count, size }: { from: number; count: number; size: number }): Picture {
  const { columns, rows } = cellCounts(sheet);
  const [left, top] = [sheet.width - (columns - from) * PITCH, sheet.height - rows * PITCH];
  const [width, height] = [count * cellSize, rows * cellSize];
  const pixels = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y++) {
    const sheetY = top + Math.floor(y / cellSize) * PITCH + (y % cellSize);
    for (let column = 0; column < count; column++) {
      const start = (sheetY * sheet.width + left + column * PITCH) * 3;
      pixels.set(sheet.pixels.subarray(start, start + cellSize * 3), (y * width + column * cellSize) * 3);
    }
  }
  return resizePicture({ pixels, width, height }, { width: count * size, height: rows * size });
}
