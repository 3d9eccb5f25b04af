// Products of matrices. A tile is a block of rows by columns; b is packed into panels of columns; a is read in place, or packed
// if it is stored transposed. A short sum goes straight to memory, a long one is accumulated chunk by chunk.
import { MAX_DEPTH, PANEL_ROW_BYTES, TILE_BYTES, TILE_COLUMNS, columnsAt, rowsAt, sumsAt } from './blocking';
import { epilogueAt, storeRow } from './epilogue';
import { Epilogue, MatMulJob } from './jobs';
import { multiplyRows } from './micro-kernel';
import { packStraight, packTransposed } from './pack-weights';
import { storeProducts } from './store-products';
import { ceilDiv, clearFloats, roundUp4, storeTransposed } from './vector';

/** Computes one block of one slice of one product; `tile` is in [0, job.tiles). */
export function matMulTile(job: MatMulJob, tile: i32, scratch: usize): void {
  const firstColumn = (tile % job.columnTiles) * job.columnsPerTile;
  const columns = min(job.columnsPerTile, job.columns - firstColumn);
  let rest = tile / job.columnTiles;
  const firstRow = (rest % job.rowTiles) * job.rowsPerTile;
  const rows = min(job.rowsPerTile, job.rows - firstRow);
  rest /= job.rowTiles;
  const slice = rest % job.slices;
  const product = rest / job.slices;
  const from = <i32>((<i64>job.depth * slice) / job.slices);
  const to = <i32>((<i64>job.depth * (slice + 1)) / job.slices);
  const offsets = job.offsets + ((<usize>product) << 3);
  const a = job.a + ((<usize>load<u32>(offsets)) << 2);
  const b = job.b + ((<usize>load<u32>(offsets, 4)) << 2);
  const first = <usize>(slice * job.sliceFloats + product * job.rows * job.columns + firstRow * job.columns + firstColumn);
  const destination = job.destination + (first << 2);
  const epilogue = epilogueAt(changetype<usize>(job) + offsetof<MatMulJob>('bias'));
  const chunks = ceilDiv(to - from, MAX_DEPTH);
  if (chunks == 1) {
    packColumns(job, b, from, to - from, firstColumn, columns, scratch);
    const pitch = (<usize>job.columns) << 2;
    const rowsFrom = rowsOf(job, a, firstRow, rows, from, to - from, scratch);
    const step = rowStep(job, to - from);
    storeProducts(
      rowsFrom,
      step,
      rows,
      job.transposeA == 1,
      to - from,
      1,
      0,
      columnsAt(scratch),
      firstColumn,
      columns,
      epilogue,
      destination,
      pitch,
      false,
      scratch,
    );
    return;
  }
  clearFloats(sumsAt(scratch), roundUp4(rows) * ceilDiv(columns, TILE_COLUMNS) * TILE_COLUMNS);
  const chunk = roundUp4(ceilDiv(to - from, max(1, chunks)));
  for (let k = from; k < to; k += chunk) {
    const depth = min(chunk, to - k);
    packColumns(job, b, k, depth, firstColumn, columns, scratch);
    addRows(rowsOf(job, a, firstRow, rows, k, depth, scratch), rowStep(job, depth), rows, depth, columns, scratch);
  }
  storeBlock(job, epilogue, destination, rows, firstColumn, columns, sumsAt(scratch));
}

function packColumns(job: MatMulJob, b: usize, k: i32, depth: i32, firstColumn: i32, columns: i32, scratch: usize): void {
  const panelBytes = <usize>depth * PANEL_ROW_BYTES;
  if (job.transposeB) packTransposed(b, job.depth, k, depth, firstColumn, columns, columnsAt(scratch), panelBytes);
  else packStraight(b, job.columns, k, depth, firstColumn, columns, columnsAt(scratch), panelBytes);
}

/** Bytes from one row to the next, of the rows that `rowsOf` returns. */
function rowStep(job: MatMulJob, depth: i32): usize {
  return (<usize>(job.transposeA ? depth : job.depth)) << 2;
}

/** Address of `depth` floats of the rows: in a, or in packed rows. */
function rowsOf(job: MatMulJob, a: usize, firstRow: i32, rows: i32, k: i32, depth: i32, scratch: usize): usize {
  if (!job.transposeA) return a + ((<usize>firstRow * job.depth + k) << 2);
  packRows(a + ((<usize>k * job.rows + firstRow) << 2), job.rows, rows, depth, rowsAt(scratch));
  return rowsAt(scratch);
}

/** [rows][depth] from [depth][pitch]. */
function packRows(a: usize, pitch: i32, rows: i32, depth: i32, packed: usize): void {
  const pitchBytes = (<usize>pitch) << 2;
  const depthBytes = (<usize>depth) << 2;
  const vectorRows = rows & ~3;
  const vectorDepth = depth & ~3;
  for (let k = 0; k < vectorDepth; k += 4, a += 4 * pitchBytes, packed += 16) {
    let to = packed;
    let from = a;
    for (let r = 0; r < vectorRows; r += 4, from += 16, to += 4 * depthBytes) {
      const third = from + 2 * pitchBytes;
      storeTransposed(
        v128.load(from),
        v128.load(from + pitchBytes),
        v128.load(third),
        v128.load(third + pitchBytes),
        to,
        depthBytes,
      );
    }
    for (let r = vectorRows; r < rows; r++, from += 4, to += depthBytes) {
      for (let i: usize = 0; i < 4; i++) store<f32>(to + (i << 2), load<f32>(from + i * pitchBytes));
    }
  }
  for (let k = vectorDepth; k < depth; k++, a += pitchBytes, packed += 4) {
    for (let r: usize = 0; r < <usize>rows; r++) store<f32>(packed + r * depthBytes, load<f32>(a + (r << 2)));
  }
}

/** Adds the products of rows `step` bytes apart with the packed columns; the last panel is padded with its first row. */
function addRows(a: usize, step: usize, rows: i32, depth: i32, columns: i32, scratch: usize): void {
  const panelBytes = <usize>depth * PANEL_ROW_BYTES;
  const depthBytes = (<usize>depth) << 2;
  const columnsEnd = columnsAt(scratch) + <usize>ceilDiv(columns, TILE_COLUMNS) * panelBytes;
  let sums = sumsAt(scratch);
  for (let b = columnsAt(scratch); b < columnsEnd; b += panelBytes) {
    let row = a;
    for (let r = 0; r < rows; r += 4, row += 4 * step, sums += TILE_BYTES) {
      const a1 = r + 1 < rows ? row + step : row;
      const a2 = r + 2 < rows ? row + 2 * step : row;
      const a3 = r + 3 < rows ? row + 3 * step : row;
      multiplyRows(row, a1, a2, a3, depthBytes, 1, 0, b, 0, sums);
    }
  }
}

function storeBlock(job: MatMulJob, epilogue: Epilogue, to: usize, rows: i32, firstColumn: i32, columns: i32, sums: usize): void {
  const columnBytes = <usize>ceilDiv(rows, 4) * TILE_BYTES;
  for (let r = 0; r < rows; r++, to += (<usize>job.columns) << 2) {
    storeRow(sums + <usize>r * PANEL_ROW_BYTES, to, firstColumn, columns, columnBytes, epilogue);
  }
}
