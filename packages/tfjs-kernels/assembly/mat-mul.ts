// Products of matrices. A tile is a block of rows by columns; b is packed into panels of columns, a is read where it lies, or packed
// into panels of rows where it is stored the other way round.
import { MAX_DEPTH, PANEL_ROW_BYTES, ROW_PANEL_BYTES, TILE_BYTES, TILE_COLUMNS, columnsAt, rowsAt, sumsAt } from './blocking';
import { epilogueAt, storeRow } from './epilogue';
import { MatMulJob } from './jobs';
import { multiplyColumns, multiplyRows } from './micro-kernel';
import { packStraight, packTransposed } from './pack-weights';
import { ceilDiv, clearFloats, roundUp4 } from './vector';

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

  clearFloats(sumsAt(scratch), roundUp4(rows) * ceilDiv(columns, TILE_COLUMNS) * TILE_COLUMNS);
  const chunk = roundUp4(ceilDiv(to - from, max(1, ceilDiv(to - from, MAX_DEPTH))));
  for (let k = from; k < to; k += chunk) {
    const depth = min(chunk, to - k);
    if (job.transposeB)
      packTransposed(b, job.depth, k, depth, firstColumn, columns, columnsAt(scratch), <usize>depth * PANEL_ROW_BYTES);
    else packStraight(b, job.columns, k, depth, firstColumn, columns, columnsAt(scratch), <usize>depth * PANEL_ROW_BYTES);
    if (job.transposeA) addPackedRows(a + ((<usize>(k * job.rows + firstRow)) << 2), job.rows, rows, depth, columns, scratch);
    else addRows(a + ((<usize>(firstRow * job.depth + k)) << 2), job.depth, rows, depth, columns, scratch);
  }
  const matrix = <usize>(slice * job.sliceFloats + product * job.rows * job.columns + firstRow * job.columns + firstColumn);
  storeBlock(job, job.destination + (matrix << 2), rows, firstColumn, columns, sumsAt(scratch));
}

/** Adds the products of rows that lie `pitch` floats apart with the packed columns; what fills up the last panel is its first row. */
function addRows(a: usize, pitch: i32, rows: i32, depth: i32, columns: i32, scratch: usize): void {
  const pitchBytes = (<usize>pitch) << 2;
  const panelBytes = <usize>depth * PANEL_ROW_BYTES;
  const depthBytes = (<usize>depth) << 2;
  const columnsEnd = columnsAt(scratch) + <usize>ceilDiv(columns, TILE_COLUMNS) * panelBytes;
  let sums = sumsAt(scratch);
  for (let b = columnsAt(scratch); b < columnsEnd; b += panelBytes) {
    let row = a;
    for (let r = 0; r < rows; r += 4, row += 4 * pitchBytes, sums += TILE_BYTES) {
      const a1 = r + 1 < rows ? row + pitchBytes : row;
      const a2 = r + 2 < rows ? row + 2 * pitchBytes : row;
      const a3 = r + 3 < rows ? row + 3 * pitchBytes : row;
      multiplyRows(row, a1, a2, a3, depthBytes, 1, 0, b, 0, sums);
    }
  }
}

/** The same for a stored as [depth][pitch], of which `rows` are packed: [row panel][depth][4]. */
function addPackedRows(a: usize, pitch: i32, rows: i32, depth: i32, columns: i32, scratch: usize): void {
  packRows(a, pitch, rows, depth, rowsAt(scratch));
  const panelBytes = <usize>depth * PANEL_ROW_BYTES;
  const columnsEnd = columnsAt(scratch) + <usize>ceilDiv(columns, TILE_COLUMNS) * panelBytes;
  let sums = sumsAt(scratch);
  for (let b = columnsAt(scratch); b < columnsEnd; b += panelBytes) {
    let panel = rowsAt(scratch);
    for (let r = 0; r < rows; r += 4, panel += ROW_PANEL_BYTES, sums += TILE_BYTES) {
      multiplyColumns(panel, 16, depth, 1, 0, b, sums);
    }
  }
}

function packRows(a: usize, pitch: i32, rows: i32, depth: i32, packed: usize): void {
  const full = rows & ~3;
  for (let k: usize = 0; k < <usize>depth; k++, a += (<usize>pitch) << 2) {
    let to = packed + (k << 4);
    let from = a;
    for (let r = 0; r < full; r += 4, from += 16, to += ROW_PANEL_BYTES) v128.store(to, v128.load(from));
    if (full == rows) continue;
    v128.store(to, f32x4.splat(0));
    for (let r = full; r < rows; r++, from += 4, to += 4) store<f32>(to, load<f32>(from));
  }
}

function storeBlock(job: MatMulJob, to: usize, rows: i32, firstColumn: i32, columns: i32, sums: usize): void {
  const epilogue = epilogueAt(changetype<usize>(job) + offsetof<MatMulJob>('bias'));
  const columnBytes = <usize>ceilDiv(rows, 4) * TILE_BYTES;
  for (let r = 0; r < rows; r++, to += (<usize>job.columns) << 2) {
    storeRow(sums + <usize>r * PANEL_ROW_BYTES, to, firstColumn, columns, columnBytes, epilogue);
  }
}
