import type { Direction } from '@cmcgan/model';
import { readFile } from 'node:fs/promises';
import { decodeImage, encodeJpeg, type Picture } from '@cmcgan/image-io';
import { dataUri } from '@cmcgan/pages/html';
import { cellCounts, cutSheet } from './cut-sheet';
import { gridRows, type GridRow } from './grid-rows';
import type { EpochFile } from './read-samples';
import { thinOut } from './thin-out';

/** A block of columns of a direction's grids. */
export interface GridBlock {
  /** Instruments, from left to right. */
  readonly columns: readonly string[];
  /** For each epoch, the cells as one JPEG, square and without gaps. */
  readonly images: readonly string[];
}

/** The grids of a direction, as the page contains them. */
export interface DrawnGrids {
  readonly epochs: readonly number[];
  /** Number of epochs in samples/. */
  readonly storedEpochs: number;
  /** Rows of each block; empty if the sheets have an unexpected layout: one block then holds them whole, with their own labels. */
  readonly rows: readonly GridRow[];
  readonly blocks: readonly GridBlock[];
}

/** Most epochs per direction, for up to 13 instruments: enough to see the progress, few enough for a file of some megabytes. */
const MAX_EPOCHS = 20;
/** Fewest epochs for any number of instruments: the first, one in between, the last. */
const LEAST_EPOCHS = 3;
/** Most instruments side by side: as many as fit on a wide screen. */
const BLOCK_COLUMNS = 13;
/** In pixels. */
const CELL_SIZE = 96;
const QUALITY = 65;

/** Drawn sheets by path. The page is rewritten often during a run, but its sheets don't change. */
export type GridCache = Map<string, DrawnSheet>;

interface DrawnSheet {
  /** Rows of the sheet; null if it has an unexpected layout. */
  readonly rows: readonly GridRow[] | null;
  /** JPEGs, one for each block of columns, or the whole sheet. */
  readonly images: readonly string[];
}

/** Splits names into blocks of almost equal size. */
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

/** The source of a direction's grids. */
export interface GridSource {
  readonly direction: Direction;
  /** The sheets of the epochs. */
  readonly files: readonly EpochFile[];
  /** Instruments on a sheet, from left to right. */
  readonly names: readonly string[];
}

/** Draws the grids of evenly spaced epochs, including the first and the last, small enough for a page: more instruments, fewer epochs. */
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
  const alike = drawn.filter((sheet) => sheet.rows?.length === drawn.at(-1)?.rows?.length); // in case another program wrote one
  const blocks = rows.length === 0 ? [[]] : intoBlocks(names);
  return {
    epochs: alike.map(({ epoch }) => epoch),
    storedEpochs: files.length,
    rows,
    blocks: blocks.map((columns, at) => ({ columns, images: alike.map(({ images }) => images[at]) })),
  };
}
