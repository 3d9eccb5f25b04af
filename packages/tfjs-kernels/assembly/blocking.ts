// How much of a matrix product is in the caches at a time, and where a thread keeps it.

/** Columns of the register tile: 8, or 16 where V8 joins pairs of 128-bit operations into 256-bit ones (set by the build). */
// @ts-ignore: the build defines it
export const TILE_COLUMNS: i32 = WIDE_TILE ? 16 : 8;
/** Bytes of one row of a packed panel of columns. */
export const PANEL_ROW_BYTES: usize = <usize>TILE_COLUMNS * 4;
/** Bytes of such a row where only half of a wide panel is used. */
export const HALF_PANEL_ROW_BYTES: usize = 32;
/** Bytes of one accumulated tile of 4 rows. */
export const TILE_BYTES: usize = PANEL_ROW_BYTES * 4;

/** Whether so many columns of a wide panel take a register tile of 8 rows by 8 columns, which computes no empty ones. */
export function isHalfPanel(columns: i32): bool {
  return TILE_COLUMNS == 16 && columns <= 8;
}

/** Maximal number of panels of 4 rows in a block. */
export const MAX_PANELS: i32 = 32;
/** Maximal number of columns in a block. */
export const MAX_COLUMNS: i32 = 128;
/** Length of the sums computed at a time: a panel of columns, 256 · 16 · 4 bytes, stays in the first-level cache. */
export const MAX_DEPTH: i32 = 256;

/** The same of sums that are not cut, in a single panel of columns. */
const MAX_PANEL_DEPTH: i32 = 4096;

/** Bytes of a packed panel of columns of full depth. */
export const COLUMN_PANEL_BYTES: usize = <usize>MAX_DEPTH * PANEL_ROW_BYTES;

const SUMS_BYTES: usize = <usize>MAX_PANELS * 4 * MAX_COLUMNS * 4;
const COLUMNS_BYTES: usize = max<usize>(<usize>MAX_DEPTH * MAX_COLUMNS * 4, <usize>MAX_PANEL_DEPTH * PANEL_ROW_BYTES);
// One spare row of vectors between panels, so that panels don't all start in the same set of the cache.
export const ROW_PANEL_BYTES: usize = <usize>(MAX_DEPTH + 4) * 16;
const ROWS_BYTES: usize = <usize>MAX_PANELS * ROW_PANEL_BYTES;
const TABLE_BYTES: usize = 16384;

/** Channels of a panel of transformed patches, which are summed together. */
export const WINOGRAD_DEPTH: i32 = 32;
/** Floats of transformed patches, of transformed filters and of sums that a Winograd tile may hold. */
const WINOGRAD_FLOATS: i32 = 160 * 1024;
const WINOGRAD_BYTES: usize = <usize>WINOGRAD_FLOATS * 4;
const DIRECT_BYTES: usize = SUMS_BYTES + COLUMNS_BYTES + ROWS_BYTES;

/** Bytes of scratch memory that every thread needs. */
export const SCRATCH_BYTES: usize = max<usize>(DIRECT_BYTES, 3 * WINOGRAD_BYTES) + TABLE_BYTES;
/** Bytes of rows that may be copied to `rowsAt`. */
export const COPIED_BYTES: usize = SCRATCH_BYTES - TABLE_BYTES - SUMS_BYTES - COLUMNS_BYTES;

/** The accumulated block: tiles of 4 rows, one column of tiles after another. */
export function sumsAt(scratch: usize): usize {
  return scratch;
}

/** Panels of columns, [panel][depth][TILE_COLUMNS]. */
export function columnsAt(scratch: usize): usize {
  return scratch + SUMS_BYTES;
}

/** Packed rows. */
export function rowsAt(scratch: usize): usize {
  return scratch + SUMS_BYTES + COLUMNS_BYTES;
}

/** Small tables. */
export function tableAt(scratch: usize): usize {
  return scratch + SCRATCH_BYTES - TABLE_BYTES;
}

/** Sums of a Winograd tile. */
export function winogradSumsAt(scratch: usize): usize {
  return scratch;
}

/** Transformed filters of a Winograd tile, or transformed gradients. */
export function winogradFiltersAt(scratch: usize): usize {
  return scratch + WINOGRAD_BYTES;
}

/** Transformed patches of a Winograd tile. */
export function winogradDataAt(scratch: usize): usize {
  return scratch + 2 * WINOGRAD_BYTES;
}
