// y = x ⋆ w, 5×5 taps at stride 2 or 3×3 at stride 1: at every point, patches [depth of a phase, phases] times filters, summed over
// channels and phases; one transform of the sums gives 4×4 outputs.
import { PANEL_ROW_BYTES, TILE_BYTES, TILE_COLUMNS, WINOGRAD_DEPTH, tableAt, winogradDataAt, winogradSumsAt } from './blocking';
import { WinogradPatches, WinogradProductJob } from './jobs';
import { multiplyPanels } from './micro-kernel';
import { ceilDiv } from './vector';
import { patchPlaneBytes, patchesAt, patchesIn } from './winograd-data';
import { filterPlaneBytes, filtersOf } from './winograd-filters';
import { storePatch } from './winograd-outputs';
import { POINTS, phasesAt, planesOf, planesPerPoint } from './winograd-planes';
import { CHANNELS, VECTOR, transformOutputs } from './winograd-transforms';

/** Space between planes, so that they don't all fall into the same set of the cache. */
const PAD_BYTES: usize = 64;

/** Computes the outputs of a block of patches, some columns of them. */
export function winogradForwardTile(job: WinogradProductJob, tile: i32, scratch: usize): void {
  const patches = changetype<WinogradPatches>(changetype<usize>(job) + offsetof<WinogradProductJob>('kind'));
  const block = tile / job.columnTiles;
  const rows = patchesIn(patches, block);
  const firstColumn = (tile % job.columnTiles) * job.columnsPerTile;
  const columns = min(job.columnsPerTile, job.columns - firstColumn);
  const columnPanels = ceilDiv(columns, TILE_COLUMNS);
  const panels = ceilDiv(rows, 4);
  const sums = winogradSumsAt(scratch);
  const pointBytes = <usize>(columnPanels * panels) * TILE_BYTES + PAD_BYTES;
  for (let channel = 0; channel < job.sourceChannels; channel += WINOGRAD_DEPTH) {
    const depth = min(WINOGRAD_DEPTH, job.sourceChannels - channel);
    const data = patchesAt(patches, block, channel / WINOGRAD_DEPTH, winogradDataAt(scratch), tableAt(scratch));
    const filters = filtersOf(job, channel, depth, firstColumn, columns, scratch);
    addProducts(job, data, patchPlaneBytes(patches), rows, depth, columnPanels, filters, sums, channel > 0);
  }
  for (let patch = 0; patch < rows; patch++) {
    for (let n = 0; n < columns; n += CHANNELS) {
      const tileOf = <usize>((n / TILE_COLUMNS) * panels + (patch >> 2)) * TILE_BYTES;
      const from = sums + tileOf + <usize>(patch & 3) * PANEL_ROW_BYTES + <usize>((n % TILE_COLUMNS) << 2);
      const outputs = transformSums(from, pointBytes, tableAt(scratch));
      storePatch(job, block * job.blockPatches + patch, firstColumn + n, outputs, 1, 0, 0);
    }
  }
}

/** Transforms the sums of one patch and CHANNELS columns to 4×4 outputs; returns their address. */
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
  data: usize,
  dataPlane: usize,
  rows: i32,
  depth: i32,
  columnPanels: i32,
  filters: usize,
  sums: usize,
  adds: bool,
): void {
  const phases = job.phases;
  const run: usize = (<usize>depth) << 2;
  const row: usize = (<usize>job.panelChannels) << 2;
  const filterPlane = filterPlaneBytes(depth);
  const panels = ceilDiv(rows, 4);
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
        multiplyPanels(data + plane * dataPlane, row, panels, run, present, dataSkip, b, filterSkip, c, adds);
        c += <usize>panels * TILE_BYTES;
      }
    }
  }
}
