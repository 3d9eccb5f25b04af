// dx from dy and w, 3×3 taps at stride 1, or 5×5 at stride 2 with one row and one column of padding before: inputs of each phase are a
// convolution of stride 1 over dy, so one transform of dy serves all four.
import { PANEL_ROW_BYTES, TILE_BYTES, TILE_COLUMNS, WINOGRAD_DEPTH, tableAt, winogradDataAt, winogradSumsAt } from './blocking';
import { WinogradPatches, WinogradProductJob } from './jobs';
import { multiplyPanels } from './micro-kernel';
import { ceilDiv } from './vector';
import { patchPlaneBytes, patchesAt, patchesIn } from './winograd-data';
import { filterPlaneBytes, filtersOf } from './winograd-filters';
import { storePatch } from './winograd-outputs';
import { LINES, POINTS, phasesAt, planesOf, planesPerPoint, planesPerRow } from './winograd-planes';
import { CHANNELS, VECTOR, transformOutputs } from './winograd-transforms';

const PAD_BYTES: usize = 64;

/** Computes some channels of dx where it receives a block of patches of dy. */
export function winogradInputGradientTile(job: WinogradProductJob, tile: i32, scratch: usize): void {
  const patches = changetype<WinogradPatches>(changetype<usize>(job) + offsetof<WinogradProductJob>('kind'));
  const block = tile / job.columnTiles;
  const rows = patchesIn(patches, block);
  const firstColumn = (tile % job.columnTiles) * job.columnsPerTile;
  const columns = min(job.columnsPerTile, job.columns - firstColumn);
  const columnPanels = ceilDiv(columns, TILE_COLUMNS);
  const panels = ceilDiv(rows, 4);
  const planeBytes = <usize>(columnPanels * panels) * TILE_BYTES + PAD_BYTES;
  const sums = winogradSumsAt(scratch);
  for (let channel = 0; channel < job.sourceChannels; channel += WINOGRAD_DEPTH) {
    const depth = min(WINOGRAD_DEPTH, job.sourceChannels - channel);
    const data = patchesAt(patches, block, channel / WINOGRAD_DEPTH, winogradDataAt(scratch), tableAt(scratch));
    const filters = filtersOf(job, channel, depth, firstColumn, columns, scratch);
    addProducts(job, data, patchPlaneBytes(patches), rows, depth, columnPanels, planeBytes, filters, sums, channel > 0);
  }
  for (let patch = 0; patch < rows; patch++) {
    for (let n = 0; n < columns; n += CHANNELS) {
      const inPlane = <usize>((n / TILE_COLUMNS) * panels + (patch >> 2)) * TILE_BYTES + <usize>(patch & 3) * PANEL_ROW_BYTES;
      const from = sums + inPlane + <usize>((n % TILE_COLUMNS) << 2);
      storeInputs(job, block * job.blockPatches + patch, firstColumn + n, from, planeBytes, tableAt(scratch));
    }
  }
}

/** Adds the products of some channels to the sums [plane][column panel][row panel]. */
function addProducts(
  job: WinogradProductJob,
  data: usize,
  dataPlane: usize,
  rows: i32,
  depth: i32,
  columnPanels: i32,
  planeBytes: usize,
  filters: usize,
  sums: usize,
  adds: bool,
): void {
  const planesAtPoint = planesPerPoint(job.phases);
  const row: usize = (<usize>job.panelChannels) << 2;
  const filterPlane = filterPlaneBytes(depth);
  const panels = ceilDiv(rows, 4);
  for (let y = 0; y < POINTS; y++) {
    for (let x = 0; x < POINTS; x++, data += dataPlane) {
      for (let phase = 0; phase < planesAtPoint; phase++) {
        if (phase >> 1 >= phasesAt(y, job.phases) || (phase & 1) >= phasesAt(x, job.phases)) continue;
        const plane = (y * POINTS + x) * planesAtPoint + phase;
        let c = sums + <usize>plane * planeBytes;
        for (let q = 0; q < columnPanels; q++) {
          const b = filters + <usize>(q * planesOf(job.phases) + plane) * filterPlane;
          multiplyPanels(data, row, panels, (<usize>depth) << 2, 1, 0, b, 0, c, adds);
          c += <usize>panels * TILE_BYTES;
        }
      }
    }
  }
}

/** Transforms CHANNELS channels of a patch's sums to the inputs of all phases: three taps meet odd rows of a stride of 2, two taps even ones. */
function storeInputs(job: WinogradProductJob, patch: i32, column: i32, sums: usize, planeBytes: usize, table: usize): void {
  const phases = job.phases;
  const outputs = table + <usize>(LINES * 4) * VECTOR;
  const step: usize = <usize>planesPerRow(phases) * planeBytes;
  for (let phaseY = 0; phaseY < phases; phaseY++) {
    for (let phaseX = 0; phaseX < phases; phaseX++) {
      let from = sums + <usize>(phases * phaseY + phaseX) * planeBytes;
      const line = table + <usize>(phaseX * POINTS) * VECTOR;
      for (let point = 0; point < POINTS - phaseX; point++, from += <usize>planesPerPoint(phases) * planeBytes) {
        const atInfinity = phaseY == 0 ? from + <usize>(POINTS - 1) * step : 0;
        transformOutputs(from, step, atInfinity, line + <usize>point * VECTOR, <usize>LINES * VECTOR);
      }
      for (let i: usize = 0; i < 4; i++) {
        const line = table + i * <usize>LINES * VECTOR + <usize>(phaseX * POINTS) * VECTOR;
        transformOutputs(line, VECTOR, phaseX == 0 ? line + <usize>(POINTS - 1) * VECTOR : 0, outputs + i * 4 * VECTOR, VECTOR);
      }
      storePatch(job, patch, column, outputs, phases, phases - 1 - phaseY, phases - 1 - phaseX);
    }
  }
}
