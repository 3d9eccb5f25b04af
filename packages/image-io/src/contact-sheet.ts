import { drawText, textHeight, textWidth, wrapText } from './draw-text';
import { assertPicture, assertRgb, blankPicture, pastePicture, type Picture, type Rgb } from './picture';
import { resizePicture } from './resize-picture';

export interface ContactSheetRow {
  /** Written to the left of the row. */
  label?: string;
  /** Pictures of any size; null leaves a gap. A row may be shorter than the others. */
  cells: readonly (Picture | null)[];
}

export interface ContactSheetOptions {
  rows: readonly ContactSheetRow[];
  /** Written above the columns. */
  columnLabels?: readonly string[];
  /** Side of a cell in pixels. */
  cellSize?: number;
  /** Pixels between cells and around the sheet. */
  gap?: number;
  /** 'stretch' fills the cell, as whole frames are squashed for the network; 'contain' keeps proportions. */
  fit?: 'stretch' | 'contain';
  /** Pixels per dot of the built-in 5×9 font; chosen by `cellSize` unless given. */
  textScale?: number;
  background?: Rgb;
  ink?: Rgb;
}

/** Row labels are wrapped to at most this many cell widths. */
const ROW_LABEL_CELLS = 1;

/**
 * Lays pictures out as a labelled grid. Labels are drawn with a built-in bitmap font (printable ASCII and → ← × ° ± µ – …), so
 * the sheet looks the same on a machine without fonts; long ones are wrapped. Cells are resized by area.
 * @returns one RGB picture
 * @throws RangeError if there is no cell, there are more column labels than columns, or a picture or size is malformed
 */
export async function contactSheet(options: ContactSheetOptions): Promise<Picture> {
  const { rows, columnLabels = [], cellSize = 128, gap = 4, fit = 'stretch' } = options;
  const { background = [255, 255, 255], ink = [20, 20, 20], textScale = defaultTextScale(cellSize) } = options;
  const columns = Math.max(0, ...rows.map((row) => row.cells.length));
  assertArguments({ rows, columns, columnLabels, cellSize, gap, textScale, background, ink });

  const rowLabels = rows.map(({ label = '' }) => wrapText(label, { maxWidth: cellSize * ROW_LABEL_CELLS, scale: textScale }));
  const headings = columnLabels.map((label) => wrapText(label, { maxWidth: cellSize, scale: textScale }));
  const labelWidth = Math.max(0, ...rowLabels.flat().map((line) => textWidth(line, textScale)));
  const headingHeight = textHeight(textScale) * Math.max(0, ...headings.map((lines) => lines.length));
  const left = gap + (labelWidth > 0 ? labelWidth + gap : 0);
  const top = gap + (headingHeight > 0 ? headingHeight + gap : 0);
  const pitch = cellSize + gap;
  const sheet = blankPicture(left + columns * pitch, top + rows.length * pitch, background);

  const write = (lines: readonly string[], at: { left: number; right: number; top: number; align: 'middle' | 'end' }) =>
    lines.forEach((line, i) => {
      const room = at.right - at.left - textWidth(line, textScale);
      const lineLeft = at.left + (at.align === 'end' ? room : Math.floor(room / 2));
      drawText(sheet, line, { left: lineLeft, top: at.top + i * textHeight(textScale), scale: textScale, colour: ink });
    });

  headings.forEach((lines, column) => {
    const bottomAligned = top - gap - lines.length * textHeight(textScale);
    write(lines, { left: left + column * pitch, right: left + column * pitch + cellSize, top: bottomAligned, align: 'middle' });
  });
  rows.forEach(({ cells }, row) => {
    const cellTop = top + row * pitch;
    const centred = cellTop + Math.max(0, Math.floor((cellSize - rowLabels[row].length * textHeight(textScale)) / 2));
    write(rowLabels[row], { left: gap, right: gap + labelWidth, top: centred, align: 'end' });
    cells.forEach((cell, column) => {
      if (!cell) return;
      const size = fittedSize(cell, { cellSize, fit });
      const x = left + column * pitch + Math.floor((cellSize - size.width) / 2);
      pastePicture(sheet, resizePicture(cell, size), x, cellTop + Math.floor((cellSize - size.height) / 2));
    });
  });
  return sheet;
}

/** About ten letters fit above a cell. */
function defaultTextScale(cellSize: number): number {
  if (cellSize < 96) return 1;
  return cellSize < 256 ? 2 : 3;
}

function fittedSize(cell: Picture, { cellSize, fit }: { cellSize: number; fit: 'stretch' | 'contain' }) {
  if (fit === 'stretch') return { width: cellSize, height: cellSize };
  const scale = cellSize / Math.max(cell.width, cell.height);
  return { width: Math.max(1, Math.round(cell.width * scale)), height: Math.max(1, Math.round(cell.height * scale)) };
}

interface Arguments {
  rows: readonly ContactSheetRow[];
  columns: number;
  columnLabels: readonly string[];
  cellSize: number;
  gap: number;
  textScale: number;
  background: Rgb;
  ink: Rgb;
}

function assertArguments(given: Arguments): void {
  const { rows, columns, columnLabels, cellSize, gap, textScale } = given;
  if (columns === 0) throw new RangeError('contactSheet: rows must hold at least one cell, got none');
  if (columnLabels.length > columns) {
    throw new RangeError(
      `contactSheet: columnLabels must be at most one for each of ${columns} columns, got ${columnLabels.length}`,
    );
  }
  for (const [name, value, least] of [
    ['cellSize', cellSize, 1],
    ['gap', gap, 0],
    ['textScale', textScale, 1],
  ] as const) {
    if (!Number.isInteger(value) || value < least) {
      throw new RangeError(`contactSheet: ${name} must be an integer of at least ${least}, got ${value}`);
    }
  }
  assertRgb('contactSheet', 'background', given.background);
  assertRgb('contactSheet', 'ink', given.ink);
  rows.forEach((row) => row.cells.forEach((cell) => cell && assertPicture('contactSheet', cell)));
}
