// The innermost loops: a tile of 4 rows by 8 or 16 columns stays in registers while products are added to it. Written out, because
// V8 keeps only what is written out in registers; the sum over k is not unrolled, because V8 then spills them.
import { HALF_PANEL_ROW_BYTES, TILE_COLUMNS } from './blocking';
import { multiplyAdd } from './vector';

/**
 * c[r][n] += Σₖ aᵣ[k] · b[k][n] for four rows that lie anywhere in memory. The sum runs over `runs` runs of `runBytes` contiguous
 * bytes in each row; from a run's end to the next one's start are `rowSkip` bytes in the rows and `columnSkip` bytes in b.
 */
export function multiplyRows(
  a0: usize,
  a1: usize,
  a2: usize,
  a3: usize,
  runBytes: usize,
  runs: i32,
  rowSkip: usize,
  b: usize,
  columnSkip: usize,
  c: usize,
): void {
  if (TILE_COLUMNS == 16) multiplyRows16(a0, a1, a2, a3, runBytes, runs, rowSkip, b, columnSkip, c);
  else multiplyRows8(a0, a1, a2, a3, runBytes, runs, rowSkip, b, columnSkip, c);
}

/**
 * The same for `panels` panels of four rows, `row` bytes from one row to the next, and tiles c one after another; unless it `adds` to them,
 * the tiles start at zero.
 */
export function multiplyPanels(
  a: usize,
  row: usize,
  panels: i32,
  runBytes: usize,
  runs: i32,
  rowSkip: usize,
  b: usize,
  columnSkip: usize,
  c: usize,
  adds: bool,
): void {
  if (TILE_COLUMNS == 16) multiplyPanels16(a, row, panels, runBytes, runs, rowSkip, b, columnSkip, c, adds);
  else multiplyPanels8(a, row, panels, runBytes, runs, rowSkip, b, columnSkip, c, adds);
}

/**
 * c[r][n] += Σₖ a[k][r] · b[k][n], the four a[k] next to each other. The sum runs over `runs` runs of `depth` products each; from one
 * k to the next a moves by `step` bytes, from the end of a run to the next by `skip` more; b is packed throughout.
 */
export function multiplyColumns(a: usize, step: usize, depth: i32, runs: i32, skip: usize, b: usize, c: usize): void {
  if (TILE_COLUMNS == 16) multiplyColumns16(a, step, depth, runs, skip, b, c);
  else multiplyColumns8(a, step, depth, runs, skip, b, c);
}

// prettier-ignore
function multiplyRows8(a0: usize, a1: usize, a2: usize, a3: usize, runBytes: usize, runs: i32, rowSkip: usize, b: usize, columnSkip: usize, c: usize): void {
  let c00 = v128.load(c);
  let c01 = v128.load(c, 16);
  let c10 = v128.load(c, 32);
  let c11 = v128.load(c, 48);
  let c20 = v128.load(c, 64);
  let c21 = v128.load(c, 80);
  let c30 = v128.load(c, 96);
  let c31 = v128.load(c, 112);
  do {
    const end = a0 + runBytes;
    do {
      const b0 = v128.load(b);
      const b1 = v128.load(b, 16);
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
      b += 32;
    } while (a0 != end);
    a0 += rowSkip;
    a1 += rowSkip;
    a2 += rowSkip;
    a3 += rowSkip;
    b += columnSkip;
  } while (--runs);
  v128.store(c, c00);
  v128.store(c, c01, 16);
  v128.store(c, c10, 32);
  v128.store(c, c11, 48);
  v128.store(c, c20, 64);
  v128.store(c, c21, 80);
  v128.store(c, c30, 96);
  v128.store(c, c31, 112);
}

// prettier-ignore
function multiplyRows16(a0: usize, a1: usize, a2: usize, a3: usize, runBytes: usize, runs: i32, rowSkip: usize, b: usize, columnSkip: usize, c: usize): void {
  let c00 = v128.load(c);
  let c01 = v128.load(c, 16);
  let c02 = v128.load(c, 32);
  let c03 = v128.load(c, 48);
  let c10 = v128.load(c, 64);
  let c11 = v128.load(c, 80);
  let c12 = v128.load(c, 96);
  let c13 = v128.load(c, 112);
  let c20 = v128.load(c, 128);
  let c21 = v128.load(c, 144);
  let c22 = v128.load(c, 160);
  let c23 = v128.load(c, 176);
  let c30 = v128.load(c, 192);
  let c31 = v128.load(c, 208);
  let c32 = v128.load(c, 224);
  let c33 = v128.load(c, 240);
  do {
    const end = a0 + runBytes;
    do {
      const b0 = v128.load(b);
      const b1 = v128.load(b, 16);
      const b2 = v128.load(b, 32);
      const b3 = v128.load(b, 48);
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
      b += 64;
    } while (a0 != end);
    a0 += rowSkip;
    a1 += rowSkip;
    a2 += rowSkip;
    a3 += rowSkip;
    b += columnSkip;
  } while (--runs);
  v128.store(c, c00);
  v128.store(c, c01, 16);
  v128.store(c, c02, 32);
  v128.store(c, c03, 48);
  v128.store(c, c10, 64);
  v128.store(c, c11, 80);
  v128.store(c, c12, 96);
  v128.store(c, c13, 112);
  v128.store(c, c20, 128);
  v128.store(c, c21, 144);
  v128.store(c, c22, 160);
  v128.store(c, c23, 176);
  v128.store(c, c30, 192);
  v128.store(c, c31, 208);
  v128.store(c, c32, 224);
  v128.store(c, c33, 240);
}

// prettier-ignore
function multiplyPanels8(a: usize, row: usize, panels: i32, runBytes: usize, runs: i32, rowSkip: usize, b: usize, columnSkip: usize, c: usize, adds: bool): void {
  const firstColumns = b;
  do {
    let a0 = a;
    let a1 = a + row;
    let a2 = a1 + row;
    let a3 = a2 + row;
    let run = runs;
    b = firstColumns;
    let c00 = f32x4.splat(0);
    let c01 = f32x4.splat(0);
    let c10 = f32x4.splat(0);
    let c11 = f32x4.splat(0);
    let c20 = f32x4.splat(0);
    let c21 = f32x4.splat(0);
    let c30 = f32x4.splat(0);
    let c31 = f32x4.splat(0);
    if (adds) {
      c00 = v128.load(c);
      c01 = v128.load(c, 16);
      c10 = v128.load(c, 32);
      c11 = v128.load(c, 48);
      c20 = v128.load(c, 64);
      c21 = v128.load(c, 80);
      c30 = v128.load(c, 96);
      c31 = v128.load(c, 112);
    }
    do {
      const end = a0 + runBytes;
      do {
        const b0 = v128.load(b);
        const b1 = v128.load(b, 16);
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
        b += 32;
      } while (a0 != end);
      a0 += rowSkip;
      a1 += rowSkip;
      a2 += rowSkip;
      a3 += rowSkip;
      b += columnSkip;
    } while (--run);
    v128.store(c, c00);
    v128.store(c, c01, 16);
    v128.store(c, c10, 32);
    v128.store(c, c11, 48);
    v128.store(c, c20, 64);
    v128.store(c, c21, 80);
    v128.store(c, c30, 96);
    v128.store(c, c31, 112);
    c += 128;
    a = a3 + row - <usize>runs * (runBytes + rowSkip);
  } while (--panels);
}

// prettier-ignore
function multiplyPanels16(a: usize, row: usize, panels: i32, runBytes: usize, runs: i32, rowSkip: usize, b: usize, columnSkip: usize, c: usize, adds: bool): void {
  const firstColumns = b;
  do {
    let a0 = a;
    let a1 = a + row;
    let a2 = a1 + row;
    let a3 = a2 + row;
    let run = runs;
    b = firstColumns;
    let c00 = f32x4.splat(0);
    let c01 = f32x4.splat(0);
    let c02 = f32x4.splat(0);
    let c03 = f32x4.splat(0);
    let c10 = f32x4.splat(0);
    let c11 = f32x4.splat(0);
    let c12 = f32x4.splat(0);
    let c13 = f32x4.splat(0);
    let c20 = f32x4.splat(0);
    let c21 = f32x4.splat(0);
    let c22 = f32x4.splat(0);
    let c23 = f32x4.splat(0);
    let c30 = f32x4.splat(0);
    let c31 = f32x4.splat(0);
    let c32 = f32x4.splat(0);
    let c33 = f32x4.splat(0);
    if (adds) {
      c00 = v128.load(c);
      c01 = v128.load(c, 16);
      c02 = v128.load(c, 32);
      c03 = v128.load(c, 48);
      c10 = v128.load(c, 64);
      c11 = v128.load(c, 80);
      c12 = v128.load(c, 96);
      c13 = v128.load(c, 112);
      c20 = v128.load(c, 128);
      c21 = v128.load(c, 144);
      c22 = v128.load(c, 160);
      c23 = v128.load(c, 176);
      c30 = v128.load(c, 192);
      c31 = v128.load(c, 208);
      c32 = v128.load(c, 224);
      c33 = v128.load(c, 240);
    }
    do {
      const end = a0 + runBytes;
      do {
        const b0 = v128.load(b);
        const b1 = v128.load(b, 16);
        const b2 = v128.load(b, 32);
        const b3 = v128.load(b, 48);
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
        b += 64;
      } while (a0 != end);
      a0 += rowSkip;
      a1 += rowSkip;
      a2 += rowSkip;
      a3 += rowSkip;
      b += columnSkip;
    } while (--run);
    v128.store(c, c00);
    v128.store(c, c01, 16);
    v128.store(c, c02, 32);
    v128.store(c, c03, 48);
    v128.store(c, c10, 64);
    v128.store(c, c11, 80);
    v128.store(c, c12, 96);
    v128.store(c, c13, 112);
    v128.store(c, c20, 128);
    v128.store(c, c21, 144);
    v128.store(c, c22, 160);
    v128.store(c, c23, 176);
    v128.store(c, c30, 192);
    v128.store(c, c31, 208);
    v128.store(c, c32, 224);
    v128.store(c, c33, 240);
    c += 256;
    a = a3 + row - <usize>runs * (runBytes + rowSkip);
  } while (--panels);
}

function multiplyColumns8(a: usize, step: usize, depth: i32, runs: i32, skip: usize, b: usize, c: usize): void {
  const runBytes: usize = <usize>depth * 32;
  let c00 = v128.load(c);
  let c01 = v128.load(c, 16);
  let c10 = v128.load(c, 32);
  let c11 = v128.load(c, 48);
  let c20 = v128.load(c, 64);
  let c21 = v128.load(c, 80);
  let c30 = v128.load(c, 96);
  let c31 = v128.load(c, 112);
  do {
    const end = b + runBytes;
    do {
      const b0 = v128.load(b);
      const b1 = v128.load(b, 16);
      let x = v128.load32_splat(a);
      c00 = multiplyAdd(x, b0, c00);
      c01 = multiplyAdd(x, b1, c01);
      x = v128.load32_splat(a, 4);
      c10 = multiplyAdd(x, b0, c10);
      c11 = multiplyAdd(x, b1, c11);
      x = v128.load32_splat(a, 8);
      c20 = multiplyAdd(x, b0, c20);
      c21 = multiplyAdd(x, b1, c21);
      x = v128.load32_splat(a, 12);
      c30 = multiplyAdd(x, b0, c30);
      c31 = multiplyAdd(x, b1, c31);
      a += step;
      b += 32;
    } while (b != end);
    a += skip;
  } while (--runs);
  v128.store(c, c00);
  v128.store(c, c01, 16);
  v128.store(c, c10, 32);
  v128.store(c, c11, 48);
  v128.store(c, c20, 64);
  v128.store(c, c21, 80);
  v128.store(c, c30, 96);
  v128.store(c, c31, 112);
}

function multiplyColumns16(a: usize, step: usize, depth: i32, runs: i32, skip: usize, b: usize, c: usize): void {
  const runBytes: usize = <usize>depth * 64;
  let c00 = v128.load(c);
  let c01 = v128.load(c, 16);
  let c02 = v128.load(c, 32);
  let c03 = v128.load(c, 48);
  let c10 = v128.load(c, 64);
  let c11 = v128.load(c, 80);
  let c12 = v128.load(c, 96);
  let c13 = v128.load(c, 112);
  let c20 = v128.load(c, 128);
  let c21 = v128.load(c, 144);
  let c22 = v128.load(c, 160);
  let c23 = v128.load(c, 176);
  let c30 = v128.load(c, 192);
  let c31 = v128.load(c, 208);
  let c32 = v128.load(c, 224);
  let c33 = v128.load(c, 240);
  do {
    const end = b + runBytes;
    do {
      const b0 = v128.load(b);
      const b1 = v128.load(b, 16);
      const b2 = v128.load(b, 32);
      const b3 = v128.load(b, 48);
      let x = v128.load32_splat(a);
      c00 = multiplyAdd(x, b0, c00);
      c01 = multiplyAdd(x, b1, c01);
      c02 = multiplyAdd(x, b2, c02);
      c03 = multiplyAdd(x, b3, c03);
      x = v128.load32_splat(a, 4);
      c10 = multiplyAdd(x, b0, c10);
      c11 = multiplyAdd(x, b1, c11);
      c12 = multiplyAdd(x, b2, c12);
      c13 = multiplyAdd(x, b3, c13);
      x = v128.load32_splat(a, 8);
      c20 = multiplyAdd(x, b0, c20);
      c21 = multiplyAdd(x, b1, c21);
      c22 = multiplyAdd(x, b2, c22);
      c23 = multiplyAdd(x, b3, c23);
      x = v128.load32_splat(a, 12);
      c30 = multiplyAdd(x, b0, c30);
      c31 = multiplyAdd(x, b1, c31);
      c32 = multiplyAdd(x, b2, c32);
      c33 = multiplyAdd(x, b3, c33);
      a += step;
      b += 64;
    } while (b != end);
    a += skip;
  } while (--runs);
  v128.store(c, c00);
  v128.store(c, c01, 16);
  v128.store(c, c02, 32);
  v128.store(c, c03, 48);
  v128.store(c, c10, 64);
  v128.store(c, c11, 80);
  v128.store(c, c12, 96);
  v128.store(c, c13, 112);
  v128.store(c, c20, 128);
  v128.store(c, c21, 144);
  v128.store(c, c22, 160);
  v128.store(c, c23, 176);
  v128.store(c, c30, 192);
  v128.store(c, c31, 208);
  v128.store(c, c32, 224);
  v128.store(c, c33, 240);
}

/** The same for eight a[k] and packed rows of eight columns, half of a wide panel. */
export function multiplyHalfPanel(a: usize, step: usize, depth: i32, runs: i32, skip: usize, b: usize, c: usize): void {
  const runBytes: usize = <usize>depth * HALF_PANEL_ROW_BYTES;
  let c00 = v128.load(c);
  let c01 = v128.load(c, 16);
  let c10 = v128.load(c, 32);
  let c11 = v128.load(c, 48);
  let c20 = v128.load(c, 64);
  let c21 = v128.load(c, 80);
  let c30 = v128.load(c, 96);
  let c31 = v128.load(c, 112);
  let c40 = v128.load(c, 128);
  let c41 = v128.load(c, 144);
  let c50 = v128.load(c, 160);
  let c51 = v128.load(c, 176);
  let c60 = v128.load(c, 192);
  let c61 = v128.load(c, 208);
  let c70 = v128.load(c, 224);
  let c71 = v128.load(c, 240);
  do {
    const end = b + runBytes;
    do {
      const b0 = v128.load(b);
      const b1 = v128.load(b, 16);
      let x = v128.load32_splat(a);
      c00 = multiplyAdd(x, b0, c00);
      c01 = multiplyAdd(x, b1, c01);
      x = v128.load32_splat(a, 4);
      c10 = multiplyAdd(x, b0, c10);
      c11 = multiplyAdd(x, b1, c11);
      x = v128.load32_splat(a, 8);
      c20 = multiplyAdd(x, b0, c20);
      c21 = multiplyAdd(x, b1, c21);
      x = v128.load32_splat(a, 12);
      c30 = multiplyAdd(x, b0, c30);
      c31 = multiplyAdd(x, b1, c31);
      x = v128.load32_splat(a, 16);
      c40 = multiplyAdd(x, b0, c40);
      c41 = multiplyAdd(x, b1, c41);
      x = v128.load32_splat(a, 20);
      c50 = multiplyAdd(x, b0, c50);
      c51 = multiplyAdd(x, b1, c51);
      x = v128.load32_splat(a, 24);
      c60 = multiplyAdd(x, b0, c60);
      c61 = multiplyAdd(x, b1, c61);
      x = v128.load32_splat(a, 28);
      c70 = multiplyAdd(x, b0, c70);
      c71 = multiplyAdd(x, b1, c71);
      a += step;
      b += HALF_PANEL_ROW_BYTES;
    } while (b != end);
    a += skip;
  } while (--runs);
  v128.store(c, c00);
  v128.store(c, c01, 16);
  v128.store(c, c10, 32);
  v128.store(c, c11, 48);
  v128.store(c, c20, 64);
  v128.store(c, c21, 80);
  v128.store(c, c30, 96);
  v128.store(c, c31, 112);
  v128.store(c, c40, 128);
  v128.store(c, c41, 144);
  v128.store(c, c50, 160);
  v128.store(c, c51, 176);
  v128.store(c, c60, 192);
  v128.store(c, c61, 208);
  v128.store(c, c70, 224);
  v128.store(c, c71, 240);
}
