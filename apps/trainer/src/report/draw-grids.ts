import type { Direction } from '@cmcgan/model';
import { readFile } from 'node:fs/promises';
import { decodeImage, encodeJpeg, type Picture } from '@cmcgan/image-io';
import { cellCounts, cutSheet } from './cut-sheet';
import { gridRows, type GridRow } from './grid-rows';
import { dataUri } from './html';
import type { EpochFile } from './read-samples';
import { thinOut } from './thin-out';

/** Some columns of the grids of a direction. */
export interface GridBlock {
  /** Instruments, from left to right. */
  readonly columns: readonly string[];
  /** The cells as one JPEG, square and edge to edge, for each of the epochs. */
  readonly images: readonly string[];
}

/** The grids of a direction as the page holds them. */
export interface DrawnGrids {
  readonly epochs: readonly number[];
  /** Epochs in samples/. */
  readonly storedEpochs: number;
  /** Lines of each block; none where the sheets are not laid out as expected: a block then holds them whole, with their own labels. */
  readonly rows: readonly GridRow[];
  readonly blocks: readonly GridBlock[];
}

/** Epochs on the page, of each direction, of 13 instruments: enough to see how it went, few enough for a file of some megabytes. */
const MAX_EPOCHS = 20;
/** Of any number of instruments: the first, one between, the last. */
const LEAST_EPOCHS = 3;
/** Instruments side by side, as many as a wide screen has room for. */
const BLOCK_COLUMNS = 13;
/** Pixels. */
const CELL_SIZE = 96;
const QUALITY = 65;

/** Sheets as JPEGs by path: a page is written again and again while a run continues, its sheets don't change. */
export type GridCache = Map<string, DrawnSheet>;

interface DrawnSheet {
  /** Lines of the sheet; null where it is not laid out as expected. */
  readonly rows: readonly GridRow[] | null;
  /** One for each block of columns, or the whole sheet. */
  readonly images: readonly string[];
}

/** Blocks of almost equal size. */
function intoBlocks(names: readonly string[]): string[][] {
  const size = Math.ceil(names.length / Math.ceil(names.length / BLOCK_COLUMNS));
  return Array.from({ length: Math.ceil(names.length / size) }, (_, at) => names.slice(at * size, (at + 1) * size));
}

const jpeg = async (picture: Picture) => dataUri('image/jpeg', await encodeJpeg(picture, { quality: QUALITY }));

async function drawSheet(path: string, { direction, names }: GridSource): Promise<DrawnSheet> {
  const sheet = await decodeImage(await readFile(path), { size: 'original', name: path });
  const { columns, rows: rowCount } = cellCounts(sheet);
  const rows = columns === names.length ? gridRows(direction, rowCount) : null;
  if (rows === null) return { rows, images: [await jpeg(sheet)] };
  const images: string[] = [];
  let from = 0;
  for (const { length } of intoBlocks(names)) {
    images.push(await jpeg(cutSheet(sheet, { from, count: length, size: CELL_SIZE })));
    from += length;
  }
  return { rows, images };
}

/** What a direction's grids are drawn from. */
export interface GridSource {
  readonly direction: Direction;
  /** The sheets of the epochs. */
  readonly files: readonly EpochFile[];
  /** Instruments, as they stand on a sheet from left to right. */
  readonly names: readonly string[];
}

/** Cells of evenly spread epochs, the first and the last among them, small enough for a page; fewer epochs of more instruments. */
export async function drawGrids(source: GridSource, cache: GridCache = new Map()): Promise<DrawnGrids> {
  const { files, names } = source;
  const epochCount = Math.floor((MAX_EPOCHS * BLOCK_COLUMNS) / names.length);
  const chosen = thinOut(files, Math.min(MAX_EPOCHS, Math.max(LEAST_EPOCHS, epochCount)));
  const drawn: (DrawnSheet & { epoch: number })[] = [];
  for (const { path, epoch } of chosen) {
    const sheet = cache.get(path) ?? (await drawSheet(path, source));
    cache.set(path, sheet);
    drawn.push({ ...sheet, epoch });
  }
  const rows = drawn.at(-1)?.rows ?? [];
  const alike = drawn.filter((sheet) => sheet.rows?.length === drawn.at(-1)?.rows?.length); // should another program have put one there
  const blocks = rows.length === 0 ? [[]] : intoBlocks(names);
  return {
    epochs: alike.map(({ epoch }) => epoch),
    storedEpochs: files.length,
    rows,
    blocks: blocks.map((columns, at) => ({ columns, images: alike.map(({ images }) => images[at]) })),
  };
}
