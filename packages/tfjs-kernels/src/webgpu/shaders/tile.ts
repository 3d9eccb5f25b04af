/** The numbers of rows and columns of a product that a workgroup computes, and each of its threads. */
export interface Tile {
  rows: number;
  columns: number;
  rowsPerThread: 4 | 8;
  columnsPerThread: 4 | 8;
}

/** Threads of a workgroup, for every tile. */
export const THREADS = 64;
/** Products that are summed between two fills of the tiles. */
export const DEPTH = 16;

const SQUARE: Tile = { rows: 64, columns: 64, rowsPerThread: 8, columnsPerThread: 8 };
const NARROW: Tile = { rows: 64, columns: 16, rowsPerThread: 4, columnsPerThread: 4 };
const FLAT: Tile = { rows: 16, columns: 64, rowsPerThread: 4, columnsPerThread: 4 };

/** The tile that wastes the least work on a product [rows, columns]. */
export function chooseTile(rows: number, columns: number): Tile {
  if (columns <= 16) return NARROW;
  return rows <= 16 ? FLAT : SQUARE;
}

/** Workgroups that cover a product, along its columns and its rows. */
export const tileGrid = (tile: Tile, rows: number, columns: number): [number, number] => [
  Math.ceil(columns / tile.columns),
  Math.ceil(rows / tile.rows),
];
