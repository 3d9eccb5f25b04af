import { readFile } from 'node:fs/promises';
import { decodeImage, encodeJpeg } from '@cmcgan/image-io';
import type { EpochFile } from './read-samples';
import { dataUri } from './html';
import { thinOut } from './thin-out';

/** A grid as the page holds it. */
export interface DrawnGrid {
  readonly epoch: number;
  readonly image: string;
  readonly width: number;
  readonly height: number;
}

/** Epochs on the page, of each direction: enough to see how it went, few enough for a file of some megabytes. */
const MAX_GRIDS = 20;
/** Pixels; a cell of 13 is then about 90 wide. */
const MAX_WIDTH = 1280;
const QUALITY = 65;

/** Drawn grids by path: a page is written again and again while a run goes on, its grids don't change. */
export type GridCache = Map<string, DrawnGrid>;

async function drawGrid({ epoch, path }: EpochFile): Promise<DrawnGrid> {
  const bytes = await readFile(path);
  const original = await decodeImage(bytes, { size: 'original', name: path });
  const width = Math.min(MAX_WIDTH, original.width);
  const height = Math.round((original.height * width) / original.width);
  const small = await decodeImage(bytes, { size: { width, height }, name: path });
  return { epoch, image: dataUri('image/jpeg', await encodeJpeg(small, { quality: QUALITY })), width, height };
}

/** Grids of evenly spread epochs, the first and the last among them, small enough for a page. */
export async function drawGrids(files: readonly EpochFile[], cache: GridCache = new Map()): Promise<DrawnGrid[]> {
  const grids: DrawnGrid[] = [];
  for (const file of thinOut(files, MAX_GRIDS)) {
    const grid = cache.get(file.path) ?? (await drawGrid(file));
    cache.set(file.path, grid);
    grids.push(grid);
  }
  return grids;
}
