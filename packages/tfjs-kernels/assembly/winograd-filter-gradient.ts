// dw from x and dy, 5×5 taps at stride 2 or 3×3 at stride 1: at every point, transformed patches of x [patches, channels] against
// transformed patches of dy [patches, columns], summed over the patches.
import {
  PANEL_ROW_BYTES,
  TILE_BYTES,
  TILE_COLUMNS,
  WINOGRAD_DEPTH,
  tableAt,
  winogradDataAt,
  winogradFiltersAt,
  winogradSumsAt,
} from './blocking';
import { WinogradFilterJob, WinogradPatches } from './jobs';
import { multiplyColumns } from './micro-kernel';
import { ceilDiv } from './vector';
import { PatchKind, patchPanelBytes, patchesAt, patchesIn } from './winograd-data';
import { LINES, POINTS, phasesAt, planesOf, planesPerPoint, planesPerRow } from './winograd-planes';
import { CHANNELS, VECTOR, transformTapGradients } from './winograd-transforms';

const PAD_BYTES: usize = 64;
/** Where in the table the gradients are described, beyond what transforms use. */
const DESCRIPTION: usize = 8192;

/** Computes some input channels by some output channels of one slice. */
export function winogradFilterGradientTile(job: WinogradFilterJob, tile: i32, scratch: usize): void {
  const firstColumn = (tile % job.columnTiles) * job.columnsPerTile;
  const columns = min(job.columnsPerTile, job.columns - firstColumn);
  const rest = tile / job.columnTiles;
  const firstChannel = (rest % job.channelTiles) * WINOGRAD_DEPTH;
  const channels = min(WINOGRAD_DEPTH, job.sourceChannels - firstChannel);
  const slice = rest / job.channelTiles;
  const columnPanels = ceilDiv(columns, TILE_COLUMNS);
  const planeBytes = <usize>(columnPanels * (channels >> 2)) * TILE_BYTES + PAD_BYTES;
  const sums = winogradSumsAt(scratch);
  memory.fill(sums, 0, <usize>planesOf(job.phases) * planeBytes);
  addSlice(job, slice, firstChannel, firstColumn / TILE_COLUMNS, columnPanels, planeBytes, scratch);
  const destination = job.destination + ((<usize>slice * job.sliceFloats) << 2);
  for (let channel = 0; channel < channels; channel++) {
    for (let n = 0; n < columns; n += CHANNELS) {
      const inPlane = <usize>((n / TILE_COLUMNS) * (channels >> 2) + (channel >> 2)) * TILE_BYTES;
      const from = sums + inPlane + <usize>(channel & 3) * PANEL_ROW_BYTES + <usize>((n % TILE_COLUMNS) << 2);
      const to = destination + ((<usize>((firstChannel + channel) * job.columns + firstColumn + n)) << 2);
      storeTaps(job, from, planeBytes, to, tableAt(scratch));
    }
  }
}

/** The gradients, in patches that meet those of the image. */
function gradientsOf(job: WinogradFilterJob, scratch: usize): WinogradPatches {
  const gradients = changetype<WinogradPatches>(tableAt(scratch) + DESCRIPTION);
  gradients.kind = PatchKind.gradients;
  gradients.originY = 0;
  gradients.originX = 0;
  gradients.source = job.gradient;
  gradients.sourceHeight = job.height;
  gradients.sourceWidth = job.width;
  gradients.sourceChannels = job.columns;
  gradients.patches = job.patches;
  gradients.patchRows = job.patchRows;
  gradients.patchColumns = job.patchColumns;
  gradients.blockPatches = job.blockPatches;
  gradients.panelChannels = TILE_COLUMNS;
  gradients.data = job.gradientData;
  return gradients;
}

/** Sums [plane][column panel][four channels] over a slice's blocks. */
function addSlice(
  job: WinogradFilterJob,
  slice: i32,
  firstChannel: i32,
  firstPanel: i32,
  columnPanels: i32,
  planeBytes: usize,
  scratch: usize,
): void {
  const patches = changetype<WinogradPatches>(changetype<usize>(job) + offsetof<WinogradFilterJob>('kind'));
  const gradients = gradientsOf(job, scratch);
  const panelBytes = patchPanelBytes(gradients);
  const channels = min(WINOGRAD_DEPTH, job.sourceChannels - firstChannel);
  const blocks = ceilDiv(job.patches, job.blockPatches);
  const end = (blocks * (slice + 1)) / job.slices;
  const table = tableAt(scratch);
  for (let block = (blocks * slice) / job.slices; block < end; block++) {
    const data = patchesAt(patches, block, firstChannel / WINOGRAD_DEPTH, winogradDataAt(scratch), table);
    let b: usize = 0;
    for (let q = 0; q < columnPanels; q++) {
      const panel = patchesAt(gradients, block, firstPanel + q, winogradFiltersAt(scratch) + <usize>q * panelBytes, table);
      if (q == 0) b = panel;
    }
    const depth = patchesIn(patches, block);
    addProducts(job, data, channels, b, columnPanels, depth, planeBytes, winogradSumsAt(scratch));
  }
}

/** Adds the products of one block. */
function addProducts(
  job: WinogradFilterJob,
  data: usize,
  channels: i32,
  gradients: usize,
  columnPanels: i32,
  depth: i32,
  planeBytes: usize,
  sums: usize,
): void {
  const planesAtPoint = planesPerPoint(job.phases);
  const step: usize = (<usize>job.panelChannels) << 2;
  const dataPlane = <usize>job.blockPatches * step + PAD_BYTES;
  const gradientPlane = <usize>job.blockPatches * PANEL_ROW_BYTES + PAD_BYTES;
  for (let y = 0; y < POINTS; y++) {
    for (let x = 0; x < POINTS; x++, gradients += gradientPlane) {
      for (let phase = 0; phase < planesAtPoint; phase++, data += dataPlane) {
        if (phase >> 1 >= phasesAt(y, job.phases) || (phase & 1) >= phasesAt(x, job.phases)) continue;
        let c = sums + <usize>((y * POINTS + x) * planesAtPoint + phase) * planeBytes;
        for (let q = 0; q < columnPanels; q++) {
          const b = gradients + <usize>(q * POINTS * POINTS) * gradientPlane;
          for (let p = 0; p < channels; p += 4, c += TILE_BYTES) {
            multiplyColumns(data + ((<usize>p) << 2), step, depth, 1, 0, b, c);
          }
        }
      }
    }
  }
}

/** Transforms the sums of one input and CHANNELS output channels to the gradients of all taps. */
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
  const tap: usize = (<usize>(job.sourceChannels * job.columns)) << 2;
  for (let row = 0; row < taps; row++, table += <usize>LINES * VECTOR, to += <usize>taps * tap) {
    transformTapGradients(table, VECTOR, table + <usize>(POINTS - 1) * VECTOR, to, <usize>phases * tap);
    if (phases == 2) transformTapGradients(table + <usize>POINTS * VECTOR, VECTOR, 0, to + tap, 2 * tap);
  }
}
