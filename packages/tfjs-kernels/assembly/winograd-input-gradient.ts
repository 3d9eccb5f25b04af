// dx from dy and w, 3×3 taps at stride 1, or 5×5 at stride 2 with one row and one column of padding before: inputs of each phase are a
// convolution of stride 1 over dy, so one transform of dy serves all four.
import { PANEL_ROW_BYTES, TILE_BYTES, TILE_COLUMNS, WINOGRAD_DEPTH, tableAt, winogradSumsAt } from './blocking';
import { WinogradProductJob } from './jobs';
import { multiplyRows } from './micro-kernel';
import { ceilDiv } from './vector';
import { filterPlaneBytes, filtersOf } from './winograd-filters';
import { storePatch } from './winograd-outputs';
import { LINES, POINTS, phasesAt, planesOf, planesPerPoint, planesPerRow } from './winograd-planes';
import { VECTOR, transformOutputs } from './winograd-transforms';

const PAD_BYTES: usize = 64;

/** Computes some channels of dx where it receives some patches of dy. */
export function winogradInputGradientTile(job: WinogradProductJob, tile: i32, scratch: usize): void {
  const firstPatch = (tile / job.columnTiles) * job.patchesPerTile;
  const patches = min(job.patchesPerTile, job.patches - firstPatch);
  const firstColumn = (tile % job.columnTiles) * job.columnsPerTile;
  const columns = min(job.columnsPerTile, job.columns - firstColumn);
  const columnPanels = ceilDiv(columns, TILE_COLUMNS);
  const panels = ceilDiv(patches, 4);
  const planeBytes = <usize>(columnPanels * panels) * TILE_BYTES + PAD_BYTES;
  const sums = winogradSumsAt(scratch);
  memory.fill(sums, 0, <usize>planesOf(job.phases) * planeBytes);
  for (let channel = 0; channel < job.depth; channel += WINOGRAD_DEPTH) {
    const depth = min(WINOGRAD_DEPTH, job.depth - channel);
    const filters = filtersOf(job, channel, depth, firstColumn, columns, scratch);
    addProducts(job, firstPatch, patches, channel, depth, columnPanels, planeBytes, filters, sums);
  }
  for (let patch = 0; patch < patches; patch++) {
    for (let n = 0; n < columns; n += 4) {
      const inPlane = <usize>((n / TILE_COLUMNS) * panels + (patch >> 2)) * TILE_BYTES + <usize>(patch & 3) * PANEL_ROW_BYTES;
      const from = sums + inPlane + <usize>((n % TILE_COLUMNS) << 2);
      storeInputs(job, firstPatch + patch, firstColumn + n, from, planeBytes, tableAt(scratch));
    }
  }
}

/** Adds the products of some channels to the sums [plane][column panel][row panel]. */
function addProducts(
  job: WinogradProductJob,
  firstPatch: i32,
  patches: i32,
  channel: i32,
  depth: i32,
  columnPanels: i32,
  planeBytes: usize,
  filters: usize,
  sums: usize,
): void {
  const planesAtPoint = planesPerPoint(job.phases);
  const row: usize = (<usize>min(WINOGRAD_DEPTH, job.depth)) << 2;
  const filterPlane = filterPlaneBytes(depth);
  let data: usize = job.data + ((<usize>((channel / WINOGRAD_DEPTH) * job.panelPitch)) << 2) + <usize>firstPatch * row;
  for (let y = 0; y < POINTS; y++) {
    for (let x = 0; x < POINTS; x++, data += (<usize>job.planePitch) << 2) {
      for (let phase = 0; phase < planesAtPoint; phase++) {
        if (phase >> 1 >= phasesAt(y, job.phases) || (phase & 1) >= phasesAt(x, job.phases)) continue;
        const plane = (y * POINTS + x) * planesAtPoint + phase;
        let c = sums + <usize>plane * planeBytes;
        for (let q = 0; q < columnPanels; q++) {
          const b = filters + <usize>(q * planesOf(job.phases) + plane) * filterPlane;
          let a = data;
          for (let p = 0; p < patches; p += 4, a += 4 * row, c += TILE_BYTES) {
            const a1 = p + 1 < patches ? a + row : a;
            const a2 = p + 2 < patches ? a + 2 * row : a;
            const a3 = p + 3 < patches ? a + 3 * row : a;
            multiplyRows(a, a1, a2, a3, (<usize>depth) << 2, 1, 0, b, 0, c);
          }
        }
      }
    }
  }
}

/** Transforms four channels of a patch's sums to the inputs of all phases: three taps meet odd rows of a stride of 2, two taps even ones. */
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
