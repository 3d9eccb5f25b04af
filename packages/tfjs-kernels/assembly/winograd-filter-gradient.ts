// dw from x and dy, 5×5 taps at stride 2 or 3×3 at stride 1: at every point, transformed patches of x [patches, inChannels] against transformed patches of
// dy [patches, outChannels], summed over the patches.
import { MAX_DEPTH, PANEL_ROW_BYTES, TILE_BYTES, TILE_COLUMNS, WINOGRAD_DEPTH, tableAt, winogradSumsAt } from './blocking';
import { WinogradFilterJob } from './jobs';
import { multiplyColumns } from './micro-kernel';
import { ceilDiv } from './vector';
import { LINES, POINTS, phasesAt, planesOf, planesPerPoint, planesPerRow } from './winograd-planes';
import { VECTOR, transformTapGradients } from './winograd-transforms';

const PAD_BYTES: usize = 64;

/** Computes some input channels by some output channels of one slice. */
export function winogradFilterGradientTile(job: WinogradFilterJob, tile: i32, scratch: usize): void {
  const firstColumn = (tile % job.columnTiles) * job.columnsPerTile;
  const columns = min(job.columnsPerTile, job.outChannels - firstColumn);
  const rest = tile / job.columnTiles;
  const firstChannel = (rest % job.channelTiles) * WINOGRAD_DEPTH;
  const channels = min(WINOGRAD_DEPTH, job.inChannels - firstChannel);
  const slice = rest / job.channelTiles;
  const columnPanels = ceilDiv(columns, TILE_COLUMNS);
  const planeBytes = <usize>(columnPanels * (channels >> 2)) * TILE_BYTES + PAD_BYTES;
  const sums = winogradSumsAt(scratch);
  memory.fill(sums, 0, <usize>planesOf(job.phases) * planeBytes);
  addProducts(job, slice, firstChannel, channels, firstColumn, columnPanels, planeBytes, sums);
  const destination = job.destination + ((<usize>slice * job.sliceFloats) << 2);
  for (let channel = 0; channel < channels; channel++) {
    for (let n = 0; n < columns; n += 4) {
      const inPlane = <usize>((n / TILE_COLUMNS) * (channels >> 2) + (channel >> 2)) * TILE_BYTES;
      const from = sums + inPlane + <usize>(channel & 3) * PANEL_ROW_BYTES + <usize>((n % TILE_COLUMNS) << 2);
      const to = destination + ((<usize>((firstChannel + channel) * job.outChannels + firstColumn + n)) << 2);
      storeTaps(job, from, planeBytes, to, tableAt(scratch));
    }
  }
}

/** Sums [plane][column panel][four channels]. The depth is cut so that a panel's inputs stay in the first-level cache. */
function addProducts(
  job: WinogradFilterJob,
  slice: i32,
  firstChannel: i32,
  channels: i32,
  firstColumn: i32,
  columnPanels: i32,
  planeBytes: usize,
  sums: usize,
): void {
  const patchFrom = <i32>((<i64>job.patches * slice) / job.slices);
  const patchTo = <i32>((<i64>job.patches * (slice + 1)) / job.slices);
  const step: usize = (<usize>min(WINOGRAD_DEPTH, job.inChannels)) << 2;
  const panels: usize = job.data + ((<usize>((firstChannel / WINOGRAD_DEPTH) * job.panelPitch)) << 2);
  const planesAtPoint = planesPerPoint(job.phases);
  for (let y = 0; y < POINTS; y++) {
    for (let x = 0; x < POINTS; x++) {
      const gradients: usize = job.gradient + ((<usize>(y * POINTS + x) * job.gradientPlanePitch) << 2);
      for (let patch = patchFrom; patch < patchTo; patch += MAX_DEPTH) {
        const depth = min(MAX_DEPTH, patchTo - patch);
        for (let phase = 0; phase < planesAtPoint; phase++) {
          if (phase >> 1 >= phasesAt(y, job.phases) || (phase & 1) >= phasesAt(x, job.phases)) continue;
          const plane = (y * POINTS + x) * planesAtPoint + phase;
          const data = panels + ((<usize>(plane * job.planePitch)) << 2) + <usize>patch * step;
          let c = sums + <usize>plane * planeBytes;
          for (let q = 0; q < columnPanels; q++) {
            const panel = (<usize>(firstColumn / TILE_COLUMNS + q) * job.gradientPanelPitch) << 2;
            const b = gradients + panel + <usize>patch * PANEL_ROW_BYTES;
            for (let p = 0; p < channels; p += 4, c += TILE_BYTES) {
              multiplyColumns(data + ((<usize>p) << 2), step, depth, 1, 0, b, c);
            }
          }
        }
      }
    }
  }
}

/** Transforms the sums of one input and four output channels to the gradients of all taps. */
function storeTaps(job: WinogradFilterJob, sums: usize, planeBytes: usize, to: usize, table: usize): void {
  const phases = job.phases;
  const step: usize = <usize>planesPerRow(phases) * planeBytes;
  const lineStep: usize = <usize>(phases * LINES) * VECTOR;
  let target = table;
  for (let phase = 0; phase < phases; phase++, sums += planeBytes) {
    let from = sums;
    for (let point = 0; point < POINTS - phase; point++, target += VECTOR, from += <usize>planesPerPoint(phases) * planeBytes) {
      transformTapGradients(from, step, from + <usize>(POINTS - 1) * step, target, lineStep);
      if (phases == 2) transformTapGradients(from + 2 * planeBytes, step, 0, target + <usize>LINES * VECTOR, lineStep);
    }
  }
  const taps = 2 * phases + 1;
  const tap: usize = (<usize>(job.inChannels * job.outChannels)) << 2;
  for (let row = 0; row < taps; row++, table += <usize>LINES * VECTOR, to += <usize>taps * tap) {
    transformTapGradients(table, VECTOR, table + <usize>(POINTS - 1) * VECTOR, to, <usize>phases * tap);
    if (phases == 2) transformTapGradients(table + <usize>POINTS * VECTOR, VECTOR, 0, to + tap, 2 * tap);
  }
}
