// y = x ⋆ w, 5×5 taps at stride 2 or 3×3 at stride 1: at every point, patches [depth of a phase, phases] times filters, summed over
// channels and phases; one transform of the sums gives 4×4 outputs.
import { PANEL_ROW_BYTES, TILE_BYTES, TILE_COLUMNS, WINOGRAD_DEPTH, tableAt, winogradSumsAt } from './blocking';
import { WinogradProductJob } from './jobs';
import { multiplyRows } from './micro-kernel';
import { ceilDiv } from './vector';
import { filterPlaneBytes, filtersOf } from './winograd-filters';
import { storePatch } from './winograd-outputs';
import { POINTS, phasesAt, planesOf, planesPerPoint } from './winograd-planes';
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
  const panels = ceilDiv(patches, 4);
  const sums = winogradSumsAt(scratch);
  const pointBytes = <usize>(columnPanels * panels) * TILE_BYTES + PAD_BYTES;
  memory.fill(sums, 0, <usize>(POINTS * POINTS) * pointBytes);
  for (let channel = 0; channel < job.depth; channel += WINOGRAD_DEPTH) {
    const depth = min(WINOGRAD_DEPTH, job.depth - channel);
    const filters = filtersOf(job, channel, depth, firstColumn, columns, scratch);
    addProducts(job, firstPatch, patches, channel, depth, columnPanels, filters, sums);
  }
  for (let patch = 0; patch < patches; patch++) {
    for (let n = 0; n < columns; n += 4) {
      const tileOf = <usize>((n / TILE_COLUMNS) * panels + (patch >> 2)) * TILE_BYTES;
      const from = sums + tileOf + <usize>(patch & 3) * PANEL_ROW_BYTES + <usize>((n % TILE_COLUMNS) << 2);
      const outputs = transformSums(from, pointBytes, tableAt(scratch));
      storePatch(job, firstPatch + patch, firstColumn + n, outputs, 1, 0, 0);
    }
  }
}

/** Transforms the sums of one patch and four columns to 4×4 outputs; returns their address. */
function transformSums(from: usize, pointBytes: usize, table: usize): usize {
  const outputs = table + <usize>(POINTS * 4) * VECTOR;
  for (let y = 0; y < POINTS; y++) {
    const row = from + <usize>(y * POINTS) * pointBytes;
    transformOutputs(row, pointBytes, row + <usize>(POINTS - 1) * pointBytes, table + <usize>(y * 4) * VECTOR, VECTOR);
  }
  for (let x: usize = 0; x < 4 * VECTOR; x += VECTOR) {
    transformOutputs(table + x, 4 * VECTOR, table + x + <usize>(POINTS - 1) * 4 * VECTOR, outputs + x, 4 * VECTOR);
  }
  return outputs;
}

/** Adds the products of some channels to the sums [point][column panel][row panel]. */
function addProducts(
  job: WinogradProductJob,
  firstPatch: i32,
  patches: i32,
  channel: i32,
  depth: i32,
  columnPanels: i32,
  filters: usize,
  sums: usize,
): void {
  const phases = job.phases;
  const dataPlane: usize = (<usize>job.planePitch) << 2;
  const run: usize = (<usize>depth) << 2;
  const row: usize = (<usize>min(WINOGRAD_DEPTH, job.depth)) << 2;
  const filterPlane = filterPlaneBytes(depth);
  const data: usize = job.data + ((<usize>((channel / WINOGRAD_DEPTH) * job.panelPitch)) << 2) + <usize>firstPatch * row;
  let c = sums;
  for (let y = 0; y < POINTS; y++) {
    for (let x = 0; x < POINTS; x++, c += PAD_BYTES) {
      const plane = <usize>((y * POINTS + x) * planesPerPoint(phases));
      const present = phasesAt(y, phases) * phasesAt(x, phases);
      // Where x has one phase of two, those of y are every other plane.
      const step: usize = phasesAt(x, phases) < phases ? 2 : 1;
      const dataSkip = step * dataPlane - run;
      const filterSkip = step * filterPlane - <usize>depth * PANEL_ROW_BYTES;
      for (let q = 0; q < columnPanels; q++) {
        const b = filters + (<usize>(q * planesOf(phases)) + plane) * filterPlane;
        let a = data + plane * dataPlane;
        for (let p = 0; p < patches; p += 4, a += 4 * row, c += TILE_BYTES) {
          // Rows that only pad a panel repeat its first one.
          const a1 = p + 1 < patches ? a + row : a;
          const a2 = p + 2 < patches ? a + 2 * row : a;
          const a3 = p + 3 < patches ? a + 3 * row : a;
          multiplyRows(a, a1, a2, a3, run, present, dataSkip, b, filterSkip, c);
        }
      }
    }
  }
}
