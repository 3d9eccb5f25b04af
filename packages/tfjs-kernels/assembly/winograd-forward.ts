// y = x ⋆ w, 5×5 taps at stride 2: at every point, patches [depth of a phase, phases] times filters, summed over channels and phases;
// one transform of the sums gives 4×4 outputs.
import {
  PANEL_ROW_BYTES,
  TILE_BYTES,
  TILE_COLUMNS,
  WINOGRAD_DEPTH,
  tableAt,
  winogradFiltersAt,
  winogradSumsAt,
} from './blocking';
import { WinogradProductJob } from './jobs';
import { multiplyRows } from './micro-kernel';
import { ceilDiv } from './vector';
import { transformFilter } from './winograd-filters';
import { storePatch } from './winograd-outputs';
import { PLANES, PLANES_PER_POINT, POINTS, phasesAt } from './winograd-planes';
import { VECTOR, transformOutputs } from './winograd-transforms';

/** Space between planes, so that they don't all fall into the same set of the cache. */
const PAD_BYTES: usize = 64;

/** Computes the outputs of some patches, some columns of them. */
export function winogradForwardTile(job: WinogradProductJob, tile: i32, scratch: usize): void {
  const firstPatch = (tile / job.columnTiles) * job.patchesPerTile;
  const patches = min(job.patchesPerTile, job.patches - firstPatch);
  const firstColumn = (tile % job.columnTiles) * job.columnsPerTile;
  const columns = min(job.columnsPerTile, job.columns - firstColumn);
  const columnPanels = ceilDiv(columns, TILE_COLUMNS);
  const sums = winogradSumsAt(scratch);
  const pointBytes = <usize>(columnPanels * ceilDiv(patches, 4)) * TILE_BYTES + PAD_BYTES;
  memory.fill(sums, 0, <usize>(POINTS * POINTS) * pointBytes);
  for (let channel = 0; channel < job.depth; channel += WINOGRAD_DEPTH) {
    const depth = min(WINOGRAD_DEPTH, job.depth - channel);
    transformFilters(job, channel, depth, firstColumn, columns, scratch);
    addProducts(job, firstPatch, patches, channel, depth, columnPanels, scratch);
  }
  for (let patch = 0; patch < patches; patch++) {
    const panels = ceilDiv(patches, 4);
    for (let n = 0; n < columns; n += 4) {
      const tileOf = <usize>((n / TILE_COLUMNS) * panels + (patch >> 2)) * TILE_BYTES;
      const from = sums + tileOf + <usize>(patch & 3) * PANEL_ROW_BYTES + <usize>((n % TILE_COLUMNS) << 2);
      const table = tableAt(scratch);
      const outputs = table + <usize>(POINTS * 4) * VECTOR;
      for (let y = 0; y < POINTS; y++) {
        const row = from + <usize>(y * POINTS) * pointBytes;
        transformOutputs(row, pointBytes, row + <usize>(POINTS - 1) * pointBytes, table + <usize>(y * 4) * VECTOR, VECTOR);
      }
      for (let x: usize = 0; x < 4 * VECTOR; x += VECTOR) {
        transformOutputs(table + x, 4 * VECTOR, table + x + <usize>(POINTS - 1) * 4 * VECTOR, outputs + x, 4 * VECTOR);
      }
      storePatch(job, firstPatch + patch, firstColumn + n, outputs, 1, 0, 0);
    }
  }
}

/** [column panel][plane][channel][TILE_COLUMNS]; columns that don't exist are left unset, since their sums are not stored. */
function transformFilters(
  job: WinogradProductJob,
  channel: i32,
  depth: i32,
  firstColumn: i32,
  columns: i32,
  scratch: usize,
): void {
  const planeBytes = <usize>depth * PANEL_ROW_BYTES + PAD_BYTES;
  const tap: usize = (<usize>(job.depth * job.columns)) << 2;
  for (let k = 0; k < depth; k++) {
    let from: usize = job.weights + ((<usize>((channel + k) * job.columns + firstColumn)) << 2);
    for (let n = 0; n < columns; n += 4, from += VECTOR) {
      const panel = winogradFiltersAt(scratch) + <usize>(n / TILE_COLUMNS) * <usize>PLANES * planeBytes;
      const to = panel + <usize>k * PANEL_ROW_BYTES + <usize>((n % TILE_COLUMNS) << 2);
      transformFilter(from, 5 * tap, tap, to, planeBytes, tableAt(scratch));
    }
  }
}

/** Adds the products of some channels to the sums [point][column panel][row panel]. */
function addProducts(
  job: WinogradProductJob,
  firstPatch: i32,
  patches: i32,
  channel: i32,
  depth: i32,
  columnPanels: i32,
  scratch: usize,
): void {
  const dataPlane: usize = (<usize>job.planePitch) << 2;
  const run: usize = (<usize>depth) << 2;
  const row: usize = (<usize>min(WINOGRAD_DEPTH, job.depth)) << 2;
  const filterPlane = <usize>depth * PANEL_ROW_BYTES + PAD_BYTES;
  const data: usize = job.data + ((<usize>((channel / WINOGRAD_DEPTH) * job.panelPitch)) << 2) + <usize>firstPatch * row;
  let c = winogradSumsAt(scratch);
  for (let y = 0; y < POINTS; y++) {
    for (let x = 0; x < POINTS; x++, c += PAD_BYTES) {
      const plane = <usize>((y * POINTS + x) * PLANES_PER_POINT);
      const phases = phasesAt(y) * phasesAt(x);
      // Where x has one phase, those of y are every other plane.
      const step: usize = phasesAt(x) == 1 ? 2 : 1;
      const dataSkip = step * dataPlane - run;
      const filterSkip = step * filterPlane - <usize>depth * PANEL_ROW_BYTES;
      for (let q = 0; q < columnPanels; q++) {
        const b = winogradFiltersAt(scratch) + (<usize>(q * PLANES) + plane) * filterPlane;
        let a = data + plane * dataPlane;
        for (let p = 0; p < patches; p += 4, a += 4 * row, c += TILE_BYTES) {
          // Rows that only pad a panel repeat its first one.
          const a1 = p + 1 < patches ? a + row : a;
          const a2 = p + 2 < patches ? a + 2 * row : a;
          const a3 = p + 3 < patches ? a + 3 * row : a;
          multiplyRows(a, a1, a2, a3, run, phases, dataSkip, b, filterSkip, c);
        }
      }
    }
  }
}
