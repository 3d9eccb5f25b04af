/** The numbers of rows and columns of a product that a workgroup computes, and each of its threads. */
export interface Tile {
  rows: number;
  columns: number;
  rowsPerThread: 4 | 8;
  columnsPerThread: 4 | 8;
}

/** A product [rows, columns], each value a sum of `depth` terms; `phases` of them run at once. */
export interface ProductSize {
  rows: number;
  columns: number;
  depth: number;
  phases?: number;
}

/** Products that are summed between two fills of the tiles. With this, the largest tiles fill the 16 KiB that every device has. */
export const DEPTH = 16;

/** Workgroups that keep a large GPU busy. */
export const ENOUGH_WORKGROUPS = 256;
/** Minimal depth of a slice for a large tile, so that adding up the slices takes little of the time. */
const DEPTH_OF_LARGE_SLICE = 512;

/** Largest first: it reads each value from memory for the most products. */
export const TILES = {
  large: { rows: 128, columns: 128, rowsPerThread: 8, columnsPerThread: 8 },
  tall: { rows: 128, columns: 64, rowsPerThread: 8, columnsPerThread: 8 },
  square: { rows: 64, columns: 64, rowsPerThread: 8, columnsPerThread: 8 },
  narrow: { rows: 64, columns: 16, rowsPerThread: 4, columnsPerThread: 4 },
  flat: { rows: 16, columns: 64, rowsPerThread: 4, columnsPerThread: 4 },
} as const satisfies Record<string, Tile>;

/** Threads of a workgroup. */
export const threadsOf = ({ rows, columns, rowsPerThread, columnsPerThread }: Tile): number =>
  (rows / rowsPerThread) * (columns / columnsPerThread);

/** The largest tile that keeps a large GPU busy, among those that waste the least work on a product. */
export function chooseTile(size: ProductSize): Tile {
  const { rows, columns } = size;
  if (columns <= TILES.narrow.columns) return TILES.narrow;
  if (rows <= TILES.flat.rows) return TILES.flat;
  const { large, tall, square } = TILES;
  return [large, tall].find((tile) => covered(tile, size) <= covered(square, size) && isBusy(tile, size)) ?? square;
}

/** Values that the tiles compute, those outside the product included. */
const covered = (tile: Tile, { rows, columns }: ProductSize): number =>
  Math.ceil(rows / tile.rows) * tile.rows * Math.ceil(columns / tile.columns) * tile.columns;

function isBusy(tile: Tile, { rows, columns, depth, phases = 1 }: ProductSize): boolean {
  const [x, y] = tileGrid(tile, rows, columns);
  return x * y * phases * Math.max(1, Math.floor(depth / DEPTH_OF_LARGE_SLICE)) >= ENOUGH_WORKGROUPS;
}

/** Workgroups that cover a product, along its columns and its rows. */
export const tileGrid = (tile: Tile, rows: number, columns: number): [number, number] => [
  Math.ceil(columns / tile.columns),
  Math.ceil(rows / tile.rows),
];
