/** How many rows and columns of a product a workgroup makes, and a thread of it. */
export interface Tile {
  rows: number;
  columns: number;
  rowsPerThread: 4 | 8;
  columnsPerThread: 4 | 8;
}

/** Threads of a workgroup; those of a tile are as many. */
export const THREADS = 64;
/** Products that are summed between two fills of the tiles. */
export const DEPTH = 16;

const SQUARE: Tile = { rows: 64, columns: 64, rowsPerThread: 8, columnsPerThread: 8 };
const NARROW: Tile = { rows: 64, columns: 16, rowsPerThread: 4, columnsPerThread: 4 };
const FLAT: Tile = { rows: 16, columns: 64, rowsPerThread: 4, columnsPerThread: 4 };

/** The tile that wastes least on a product [rows, columns]. */
export function chooseTile(rows: number, columns: number): Tile {
  if (columns <= 16) return NARROW;
  return rows <= 16 ? FLAT : SQUARE;
}

/** Workgroups that cover a product, along its columns and its rows. */
export const tileGrid = (tile: Tile, rows: number, columns: number): [number, number] => [
  Math.ceil(columns / tile.columns),
  Math.ceil(rows / tile.rows),
];
