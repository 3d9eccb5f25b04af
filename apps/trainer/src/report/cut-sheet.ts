import { resizePicture, type Picture } from '@cmcgan/image-io';
import { GRID_LAYOUT } from '../samples/sample-grids';

const { cellSize, gap } = GRID_LAYOUT;
const PITCH = cellSize + gap;
/** Labels take at most a cell's width and, above, a cell's height; some there always are. */
const LEAST_LABEL = gap + 1;

/** Cells of a contact sheet, counted by its size: they lie at its right and at its bottom. */
export function cellCounts({ width, height }: Pick<Picture, 'width' | 'height'>): { columns: number; rows: number } {
  return { columns: Math.floor((width - LEAST_LABEL) / PITCH), rows: Math.floor((height - LEAST_LABEL) / PITCH) };
}

/** Cells of some columns of a contact sheet, `size` pixels each, side by side without labels and gaps. */
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
