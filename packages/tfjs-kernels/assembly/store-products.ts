// Products with short sums go straight from the registers to memory: they start from the bias, and are clamped at the end.
import { PANEL_ROW_BYTES, TILE_COLUMNS, isHalfPanel, rowsAt, sumsAt, tableAt } from './blocking';
import { clampFrom, clampTo, finishRow, isClamp } from './epilogue';
import { Epilogue } from './jobs';
import { ceilDiv, copyFloats, multiplyAdd } from './vector';

/** Rows that can be stored at a time: if columns don't fill a tile, their tiles use the memory for the sums. */
export const MAX_STORED_ROWS: i32 = 1024;

/**
 * Stores activation(a · b + bias) for `rows` rows of a, `step` bytes apart, and `columns` columns from `firstColumn` on, packed in
 * panels at b, at `to`, `pitch` bytes from row to row. A row is `runs` runs of `runFloats` contiguous floats; from a run's end to the
 * next one's start are `runSkip` bytes. `readable`: seven rows beyond the last may be read; otherwise there is one run. `writable`: so
 * may floats beyond a row's columns, and seven rows beyond the last, be written; then the columns fit one panel.
 */
export function storeProducts(
  a: usize,
  step: usize,
  rows: i32,
  readable: bool,
  runFloats: i32,
  runs: i32,
  runSkip: usize,
  b: usize,
  firstColumn: i32,
  columns: i32,
  epilogue: Epilogue,
  to: usize,
  pitch: usize,
  writable: bool,
  scratch: usize,
): void {
  const runBytes = (<usize>runFloats) << 2;
  const bias = packBias(epilogue, firstColumn, columns, tableAt(scratch));
  const low = clampFrom(epilogue);
  const high = clampTo(epilogue);
  const copied = rows & ~7;
  if (!readable) {
    for (let r = copied; r < rows; r++) {
      copyFloats(rowsAt(scratch) + <usize>(r - copied) * runBytes, a + <usize>r * step, runFloats);
    }
  }
  const tile = sumsAt(scratch);
  for (let n = 0; n < columns; n += TILE_COLUMNS, b += <usize>(runs * runFloats) * PANEL_ROW_BYTES) {
    const offset = (<usize>n) << 2;
    const present = min(TILE_COLUMNS, columns - n);
    const tall = isHalfPanel(present);
    const direct = writable || present == TILE_COLUMNS || (tall && present == 8);
    const full = tall ? copied : rows & ~3;
    const target = direct ? to + offset : tile;
    const targetPitch = direct ? pitch : PANEL_ROW_BYTES;
    if (full) {
      productsTo(tall, a, step, runBytes, runs, runSkip, full, b, bias + offset, low, high, target, targetPitch);
      if (!direct) copyTiles(tile, to + offset, pitch, full, present);
    }
    if (full == rows) continue;
    const beyond = to + offset + <usize>full * pitch;
    const rest = readable ? a + <usize>full * step : rowsAt(scratch) + <usize>(full - copied) * runBytes;
    const restStep = readable ? step : runBytes;
    const restTarget = writable ? beyond : tile;
    const restPitch = writable ? pitch : PANEL_ROW_BYTES;
    productsTo(tall, rest, restStep, runBytes, runs, runSkip, 1, b, bias + offset, low, high, restTarget, restPitch);
    if (!writable) copyTiles(tile, beyond, pitch, rows - full, present);
  }
  if (isClamp(epilogue)) return;
  for (let r = 0; r < rows; r++) finishRow(to + <usize>r * pitch, firstColumn, columns, epilogue, false);
}

/** The bias of the columns, or zeros if there is none; zeros also in surplus columns of a tile. */
function packBias(epilogue: Epilogue, firstColumn: i32, columns: i32, to: usize): usize {
  // Not clearFloats: that is a call out of the module, expensive for every row of a few products.
  for (let n = 0; n < columns + TILE_COLUMNS; n += 4) v128.store(to + ((<usize>n) << 2), f32x4.splat(0));
  if (epilogue.bias) copyFloats(to, epilogue.bias + ((<usize>firstColumn) << 2), columns);
  return to;
}

function copyTiles(from: usize, to: usize, pitch: usize, rows: i32, columns: i32): void {
  for (let r = 0; r < rows; r++, from += PANEL_ROW_BYTES, to += pitch) copyFloats(to, from, columns);
}

/** `tall`: a register tile is 8 rows by 8 columns, half of a panel, instead of 4 rows by a panel. */
function productsTo(
  tall: bool,
  a: usize,
  step: usize,
  runBytes: usize,
  runs: i32,
  runSkip: usize,
  rows: i32,
  b: usize,
  bias: usize,
  low: f32,
  high: f32,
  to: usize,
  pitch: usize,
): void {
  const tiles = ceilDiv(rows, tall ? 8 : 4);
  if (TILE_COLUMNS == 8) products4x8(a, step, runBytes, runs, runSkip, tiles, b, bias, low, high, to, pitch);
  else if (tall) products8x8(a, step, runBytes, runs, runSkip, tiles, b, bias, low, high, to, pitch);
  else products4x16(a, step, runBytes, runs, runSkip, tiles, b, bias, low, high, to, pitch);
}

function clamped(v: v128, low: v128, high: v128): v128 {
  return f32x4.pmin(f32x4.pmax(v, low), high);
}

function products4x8(
  a: usize,
  step: usize,
  runBytes: usize,
  runs: i32,
  runSkip: usize,
  tiles: i32,
  b: usize,
  bias: usize,
  low: f32,
  high: f32,
  to: usize,
  pitch: usize,
): void {
  const least = f32x4.splat(low);
  const most = f32x4.splat(high);
  do {
    let c00 = v128.load(bias);
    let c01 = v128.load(bias, 16);
    let c10 = c00;
    let c11 = c01;
    let c20 = c00;
    let c21 = c01;
    let c30 = c00;
    let c31 = c01;
    let a0 = a;
    let a1 = a0 + step;
    let a2 = a1 + step;
    let a3 = a2 + step;
    a = a3 + step;
    let p = b;
    let run = runs;
    do {
      const end = a0 + runBytes;
      do {
        const b0 = v128.load(p);
        const b1 = v128.load(p, 16);
        let x = v128.load32_splat(a0);
        c00 = multiplyAdd(x, b0, c00);
        c01 = multiplyAdd(x, b1, c01);
        x = v128.load32_splat(a1);
        c10 = multiplyAdd(x, b0, c10);
        c11 = multiplyAdd(x, b1, c11);
        x = v128.load32_splat(a2);
        c20 = multiplyAdd(x, b0, c20);
        c21 = multiplyAdd(x, b1, c21);
        x = v128.load32_splat(a3);
        c30 = multiplyAdd(x, b0, c30);
        c31 = multiplyAdd(x, b1, c31);
        a0 += 4;
        a1 += 4;
        a2 += 4;
        a3 += 4;
        p += PANEL_ROW_BYTES;
      } while (a0 != end);
      a0 += runSkip;
      a1 += runSkip;
      a2 += runSkip;
      a3 += runSkip;
    } while (--run);
    v128.store(to, clamped(c00, least, most));
    v128.store(to, clamped(c01, least, most), 16);
    to += pitch;
    v128.store(to, clamped(c10, least, most));
    v128.store(to, clamped(c11, least, most), 16);
    to += pitch;
    v128.store(to, clamped(c20, least, most));
    v128.store(to, clamped(c21, least, most), 16);
    to += pitch;
    v128.store(to, clamped(c30, least, most));
    v128.store(to, clamped(c31, least, most), 16);
    to += pitch;
  } while (--tiles);
}

function products4x16(
  a: usize,
  step: usize,
  runBytes: usize,
  runs: i32,
  runSkip: usize,
  tiles: i32,
  b: usize,
  bias: usize,
  low: f32,
  high: f32,
  to: usize,
  pitch: usize,
): void {
  const least = f32x4.splat(low);
  const most = f32x4.splat(high);
  do {
    let c00 = v128.load(bias);
    let c01 = v128.load(bias, 16);
    let c02 = v128.load(bias, 32);
    let c03 = v128.load(bias, 48);
    let c10 = c00;
    let c11 = c01;
    let c12 = c02;
    let c13 = c03;
    let c20 = c00;
    let c21 = c01;
    let c22 = c02;
    let c23 = c03;
    let c30 = c00;
    let c31 = c01;
    let c32 = c02;
    let c33 = c03;
    let a0 = a;
    let a1 = a0 + step;
    let a2 = a1 + step;
    let a3 = a2 + step;
    a = a3 + step;
    let p = b;
    let run = runs;
    do {
      const end = a0 + runBytes;
      do {
        const b0 = v128.load(p);
        const b1 = v128.load(p, 16);
        const b2 = v128.load(p, 32);
        const b3 = v128.load(p, 48);
        let x = v128.load32_splat(a0);
        c00 = multiplyAdd(x, b0, c00);
        c01 = multiplyAdd(x, b1, c01);
        c02 = multiplyAdd(x, b2, c02);
        c03 = multiplyAdd(x, b3, c03);
        x = v128.load32_splat(a1);
        c10 = multiplyAdd(x, b0, c10);
        c11 = multiplyAdd(x, b1, c11);
        c12 = multiplyAdd(x, b2, c12);
        c13 = multiplyAdd(x, b3, c13);
        x = v128.load32_splat(a2);
        c20 = multiplyAdd(x, b0, c20);
        c21 = multiplyAdd(x, b1, c21);
        c22 = multiplyAdd(x, b2, c22);
        c23 = multiplyAdd(x, b3, c23);
        x = v128.load32_splat(a3);
        c30 = multiplyAdd(x, b0, c30);
        c31 = multiplyAdd(x, b1, c31);
        c32 = multiplyAdd(x, b2, c32);
        c33 = multiplyAdd(x, b3, c33);
        a0 += 4;
        a1 += 4;
        a2 += 4;
        a3 += 4;
        p += PANEL_ROW_BYTES;
      } while (a0 != end);
      a0 += runSkip;
      a1 += runSkip;
      a2 += runSkip;
      a3 += runSkip;
    } while (--run);
    v128.store(to, clamped(c00, least, most));
    v128.store(to, clamped(c01, least, most), 16);
    v128.store(to, clamped(c02, least, most), 32);
    v128.store(to, clamped(c03, least, most), 48);
    to += pitch;
    v128.store(to, clamped(c10, least, most));
    v128.store(to, clamped(c11, least, most), 16);
    v128.store(to, clamped(c12, least, most), 32);
    v128.store(to, clamped(c13, least, most), 48);
    to += pitch;
    v128.store(to, clamped(c20, least, most));
    v128.store(to, clamped(c21, least, most), 16);
    v128.store(to, clamped(c22, least, most), 32);
    v128.store(to, clamped(c23, least, most), 48);
    to += pitch;
    v128.store(to, clamped(c30, least, most));
    v128.store(to, clamped(c31, least, most), 16);
    v128.store(to, clamped(c32, least, most), 32);
    v128.store(to, clamped(c33, least, most), 48);
    to += pitch;
  } while (--tiles);
}

function products8x8(
  a: usize,
  step: usize,
  runBytes: usize,
  runs: i32,
  runSkip: usize,
  tiles: i32,
  b: usize,
  bias: usize,
  low: f32,
  high: f32,
  to: usize,
  pitch: usize,
): void {
  const least = f32x4.splat(low);
  const most = f32x4.splat(high);
  do {
    let c00 = v128.load(bias);
    let c01 = v128.load(bias, 16);
    let c10 = c00;
    let c11 = c01;
    let c20 = c00;
    let c21 = c01;
    let c30 = c00;
    let c31 = c01;
    let c40 = c00;
    let c41 = c01;
    let c50 = c00;
    let c51 = c01;
    let c60 = c00;
    let c61 = c01;
    let c70 = c00;
    let c71 = c01;
    let a0 = a;
    let a1 = a0 + step;
    let a2 = a1 + step;
    let a3 = a2 + step;
    let a4 = a3 + step;
    let a5 = a4 + step;
    let a6 = a5 + step;
    let a7 = a6 + step;
    a = a7 + step;
    let p = b;
    let run = runs;
    do {
      const end = a0 + runBytes;
      do {
        const b0 = v128.load(p);
        const b1 = v128.load(p, 16);
        let x = v128.load32_splat(a0);
        c00 = multiplyAdd(x, b0, c00);
        c01 = multiplyAdd(x, b1, c01);
        x = v128.load32_splat(a1);
        c10 = multiplyAdd(x, b0, c10);
        c11 = multiplyAdd(x, b1, c11);
        x = v128.load32_splat(a2);
        c20 = multiplyAdd(x, b0, c20);
        c21 = multiplyAdd(x, b1, c21);
        x = v128.load32_splat(a3);
        c30 = multiplyAdd(x, b0, c30);
        c31 = multiplyAdd(x, b1, c31);
        x = v128.load32_splat(a4);
        c40 = multiplyAdd(x, b0, c40);
        c41 = multiplyAdd(x, b1, c41);
        x = v128.load32_splat(a5);
        c50 = multiplyAdd(x, b0, c50);
        c51 = multiplyAdd(x, b1, c51);
        x = v128.load32_splat(a6);
        c60 = multiplyAdd(x, b0, c60);
        c61 = multiplyAdd(x, b1, c61);
        x = v128.load32_splat(a7);
        c70 = multiplyAdd(x, b0, c70);
        c71 = multiplyAdd(x, b1, c71);
        a0 += 4;
        a1 += 4;
        a2 += 4;
        a3 += 4;
        a4 += 4;
        a5 += 4;
        a6 += 4;
        a7 += 4;
        p += PANEL_ROW_BYTES;
      } while (a0 != end);
      a0 += runSkip;
      a1 += runSkip;
      a2 += runSkip;
      a3 += runSkip;
      a4 += runSkip;
      a5 += runSkip;
      a6 += runSkip;
      a7 += runSkip;
    } while (--run);
    v128.store(to, clamped(c00, least, most));
    v128.store(to, clamped(c01, least, most), 16);
    to += pitch;
    v128.store(to, clamped(c10, least, most));
    v128.store(to, clamped(c11, least, most), 16);
    to += pitch;
    v128.store(to, clamped(c20, least, most));
    v128.store(to, clamped(c21, least, most), 16);
    to += pitch;
    v128.store(to, clamped(c30, least, most));
    v128.store(to, clamped(c31, least, most), 16);
    to += pitch;
    v128.store(to, clamped(c40, least, most));
    v128.store(to, clamped(c41, least, most), 16);
    to += pitch;
    v128.store(to, clamped(c50, least, most));
    v128.store(to, clamped(c51, least, most), 16);
    to += pitch;
    v128.store(to, clamped(c60, least, most));
    v128.store(to, clamped(c61, least, most), 16);
    to += pitch;
    v128.store(to, clamped(c70, least, most));
    v128.store(to, clamped(c71, least, most), 16);
    to += pitch;
  } while (--tiles);
}
