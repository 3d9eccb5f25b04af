// dx from dy and w, 5×5 taps at stride 2, one row and one column of padding before: inputs of each phase are a convolution of stride 1
// over dy, so one transform of dy serves all four.
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
import { ceilDiv, storeTransposed } from './vector';
import { transformFilter } from './winograd-filters';
import { storePatch } from './winograd-outputs';
import { LINES, PLANES, PLANES_PER_POINT, PLANES_PER_ROW, POINTS, phasesAt } from './winograd-planes';
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
  memory.fill(sums, 0, <usize>PLANES * planeBytes);
  for (let channel = 0; channel < job.depth; channel += WINOGRAD_DEPTH) {
    const depth = min(WINOGRAD_DEPTH, job.depth - channel);
    transformFilters(job, channel, depth, firstColumn, columns, scratch);
    addProducts(job, firstPatch, patches, channel, depth, columnPanels, planeBytes, scratch);
  }
  for (let patch = 0; patch < patches; patch++) {
    for (let n = 0; n < columns; n += 4) {
      const inPlane = <usize>((n / TILE_COLUMNS) * panels + (patch >> 2)) * TILE_BYTES + <usize>(patch & 3) * PANEL_ROW_BYTES;
      storeInputs(
        job,
        firstPatch + patch,
        firstColumn + n,
        sums + inPlane + <usize>((n % TILE_COLUMNS) << 2),
        planeBytes,
        scratch,
      );
    }
  }
}

/** [column panel][plane][channel][TILE_COLUMNS], the taps in reverse. */
function transformFilters(
  job: WinogradProductJob,
  channel: i32,
  depth: i32,
  firstColumn: i32,
  columns: i32,
  scratch: usize,
): void {
  const planeBytes = <usize>depth * PANEL_ROW_BYTES + PAD_BYTES;
  const pitch: usize = (<usize>job.depth) << 2;
  const tap = <usize>job.columns * pitch;
  const taps = tableAt(scratch) + 5 * <usize>LINES * VECTOR;
  for (let k = 0; k < depth; k += 4) {
    for (let n = 0; n < columns; n += 4) {
      const panel = winogradFiltersAt(scratch) + <usize>(n / TILE_COLUMNS) * <usize>PLANES * planeBytes;
      const to = panel + <usize>((n % TILE_COLUMNS) << 2);
      let from: usize = job.weights + <usize>(firstColumn + n) * pitch + ((<usize>(channel + k)) << 2);
      for (let t: usize = 0; t < 25; t++, from += tap) {
        const row = from + pitch;
        storeTransposed(
          v128.load(from),
          v128.load(row),
          v128.load(row + pitch),
          v128.load(row + 2 * pitch),
          taps + t * 4 * VECTOR,
          VECTOR,
        );
      }
      const last = taps + 24 * 4 * VECTOR;
      for (let i: usize = 0; i < 4; i++) {
        const target = to + (<usize>k + i) * PANEL_ROW_BYTES;
        transformFilter(
          last + i * VECTOR,
          <usize>(-20 * <i32>VECTOR),
          <usize>(-4 * <i32>VECTOR),
          target,
          planeBytes,
          tableAt(scratch),
        );
      }
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
  scratch: usize,
): void {
  const row: usize = (<usize>min(WINOGRAD_DEPTH, job.depth)) << 2;
  const filterPlane = <usize>depth * PANEL_ROW_BYTES + PAD_BYTES;
  let data: usize = job.data + ((<usize>((channel / WINOGRAD_DEPTH) * job.panelPitch)) << 2) + <usize>firstPatch * row;
  for (let y = 0; y < POINTS; y++) {
    for (let x = 0; x < POINTS; x++, data += (<usize>job.planePitch) << 2) {
      for (let phase = 0; phase < PLANES_PER_POINT; phase++) {
        if (phase >> 1 >= phasesAt(y) || (phase & 1) >= phasesAt(x)) continue;
        const plane = (y * POINTS + x) * PLANES_PER_POINT + phase;
        let c = winogradSumsAt(scratch) + <usize>plane * planeBytes;
        for (let q = 0; q < columnPanels; q++) {
          const b = winogradFiltersAt(scratch) + <usize>(q * PLANES + plane) * filterPlane;
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

/** Transforms four channels of a patch's sums to the inputs of all four phases: three taps meet odd rows, two taps even ones. */
function storeInputs(job: WinogradProductJob, patch: i32, column: i32, sums: usize, planeBytes: usize, scratch: usize): void {
  const table = tableAt(scratch);
  const outputs = table + <usize>(LINES * 4) * VECTOR;
  const step: usize = <usize>PLANES_PER_ROW * planeBytes;
  for (let phaseY = 0; phaseY < 2; phaseY++) {
    for (let phaseX = 0; phaseX < 2; phaseX++) {
      let from = sums + <usize>(2 * phaseY + phaseX) * planeBytes;
      const line = table + <usize>(phaseX * POINTS) * VECTOR;
      for (let point = 0; point < POINTS - phaseX; point++, from += <usize>PLANES_PER_POINT * planeBytes) {
        const atInfinity = phaseY == 0 ? from + <usize>(POINTS - 1) * step : 0;
        transformOutputs(from, step, atInfinity, line + <usize>point * VECTOR, <usize>LINES * VECTOR);
      }
      for (let i: usize = 0; i < 4; i++) {
        const line = table + i * <usize>LINES * VECTOR + <usize>(phaseX * POINTS) * VECTOR;
        transformOutputs(line, VECTOR, phaseX == 0 ? line + <usize>(POINTS - 1) * VECTOR : 0, outputs + i * 4 * VECTOR, VECTOR);
      }
      storePatch(job, patch, column, outputs, 2, 1 - phaseY, 1 - phaseX);
    }
  }
}
