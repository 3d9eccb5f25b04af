import { alignedLeft, drawingToSvg, paintDrawing, type Drawing } from './drawing';
import { shortenLines, textHeight, textWidth, wrapText } from './draw-text';
import { assertKnownOptions } from './known-options';
import { assertPicture, assertRgb, type Picture, type Rgb } from './picture';
import { plainPng } from './plain-png';
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
  /** Pixels per dot of the built-in 5×9 font; depends on `cellSize` by default. */
  textScale?: number;
  background?: Rgb;
  ink?: Rgb;
}

const OPTIONS = ['rows', 'columnLabels', 'cellSize', 'gap', 'fit', 'textScale', 'background', 'ink'];

/** The width of row labels in letters, at least, however small the cells are. */
const ROW_LABEL_LETTERS = 8;

/**
 * Lays pictures out as a labelled grid. Labels are drawn with a built-in bitmap font (ASCII, Latin letters with accents, and signs such as
 * → × ° ± µ – …), so the sheet looks the same on a machine without fonts; long ones are wrapped, and shortened if they would be taller than
 * a cell. Cells are resized by area.
 * @returns one RGB picture
 * @throws RangeError if there is no cell, there are more column labels than columns, or a picture or size is malformed; TypeError for an
 *   unknown option
 */
export async function contactSheet(options: ContactSheetOptions): Promise<Picture> {
  return paintDrawing(layOut(options));
}

/**
 * The same as an SVG document, for a page: labels in the page's font and sharp at every size.
 * @throws as `contactSheet`
 */
export async function contactSheetSvg(options: ContactSheetOptions): Promise<string> {
  return drawingToSvg(layOut(options), plainPng);
}

function layOut(options: ContactSheetOptions): Drawing {
  assertKnownOptions('contactSheet', options, OPTIONS);
  const { rows, columnLabels = [], cellSize = 128, gap = 4, fit = 'stretch' } = options;
  const { background = [255, 255, 255], ink = [20, 20, 20], textScale = defaultTextScale(cellSize) } = options;
  const columns = Math.max(0, ...rows.map((row) => row.cells.length));
  assertArguments({ rows, columns, columnLabels, cellSize, gap, textScale, fit, background, ink });

  const line = textHeight(textScale);
  const rowLabels = rows.map(({ label = '' }) => fitLabel(label, { cellSize, textScale, letters: ROW_LABEL_LETTERS }));
  const headings = columnLabels.map((label) => fitLabel(label, { cellSize, textScale, letters: 1 }));
  const widest = (lines: readonly string[]) => Math.max(0, ...lines.map((text) => textWidth(text, textScale)));
  const labelWidth = widest(rowLabels.flat());
  const headingHeight = line * Math.max(0, ...headings.map((lines) => lines.length));
  const left = gap + (labelWidth > 0 ? labelWidth + gap : 0);
  const top = gap + (headingHeight > 0 ? headingHeight + gap : 0);
  // cells smaller than a letter leave room for their labels
  const across = Math.max(cellSize, widest(headings.flat())) + gap;
  const down = Math.max(cellSize, labelWidth > 0 ? line : 0) + gap;
  const size = { width: left + columns * across, height: top + rows.length * down };
  const drawing: Drawing = { ...size, background, ink, textScale, pictures: [], lines: [], texts: [] };
  const write = (lines: readonly string[], at: { x: number; top: number; align: 'middle' | 'end' }) =>
    lines.forEach((text, i) => {
      const place = { left: alignedLeft(text, { at: at.x, align: at.align, textScale }), top: at.top + i * line };
      if (text) drawing.texts.push({ text, ...place, align: at.align });
    });

  headings.forEach((lines, column) => {
    write(lines, { x: left + column * across + (across - gap) / 2, top: top - gap - lines.length * line, align: 'middle' });
  });
  rows.forEach(({ cells }, row) => {
    const cellTop = top + row * down;
    const centred = cellTop + Math.floor((down - gap - rowLabels[row]!.length * line) / 2);
    write(rowLabels[row]!, { x: gap + labelWidth, top: centred, align: 'end' });
    cells.forEach((cell, column) => {
      if (!cell) return;
      const picture = resizePicture(cell, fittedSize(cell, { cellSize, fit }));
      const x = left + column * across + Math.floor((across - gap - picture.width) / 2);
      drawing.pictures.push({ picture, left: x, top: cellTop + Math.floor((down - gap - picture.height) / 2) });
    });
  });
  return drawing;
}

/** Wraps a label to the width of a cell, or of `letters` letters if that is more, and shortens it to the height of a cell. */
function fitLabel(text: string, room: { cellSize: number; textScale: number; letters: number }): string[] {
  const { cellSize, textScale: scale, letters } = room;
  const maxWidth = Math.max(cellSize, textWidth('0'.repeat(letters), scale));
  const most = Math.max(1, Math.floor(cellSize / textHeight(scale)));
  return shortenLines(wrapText(text, { maxWidth, scale }), { most, maxWidth, scale });
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
  fit: string;
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
  if (given.fit !== 'stretch' && given.fit !== 'contain') {
    throw new RangeError(`contactSheet: fit must be 'stretch' or 'contain', got ${given.fit}`);
  }
  rows.forEach((row) => assertKnownOptions('contactSheet: rows', row, ['label', 'cells']));
  assertRgb('contactSheet', 'background', given.background);
  assertRgb('contactSheet', 'ink', given.ink);
  rows.forEach((row) => row.cells.forEach((cell) => cell && assertPicture('contactSheet', cell)));
}
