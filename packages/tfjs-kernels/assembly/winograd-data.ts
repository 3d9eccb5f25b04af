// Transforms patches of an image to their values at the points, one plane of memory for each; see winograd-planes.ts. A patch is the
// pixels that 4×4 outputs read; those outside the image are zero.
import { WinogradDataJob } from './jobs';
import { LINES, POINTS, planesPerPoint, planesPerRow } from './winograd-planes';
import { VECTOR, transformData, transformGradients } from './winograd-transforms';

/** What a job does with a patch, or its number of phases: */
export enum PatchKind {
  /** 4×4 gradients of outputs to 36 planes. */
  gradients,
  /** 6×6 pixels to 36 planes. */
  dense,
  /** 11×11 pixels, their rows and columns split by phase, to 121 planes. */
  strided,
}

const LINE_BYTES: usize = <usize>LINES * VECTOR;
/** Bytes of the table for a patch: its half-transformed lines, and one line with zeros outside the image. */
export const PATCH_BYTES: usize = <usize>(LINES + 1) * LINE_BYTES;

/** Transforms the patches [tile · patchesPerTile, …). `table` holds PATCH_BYTES. */
export function winogradDataTile(job: WinogradDataJob, tile: i32, table: usize): void {
  const end = min(job.patches, (tile + 1) * job.patchesPerTile);
  const perImage = job.patchRows * job.patchColumns;
  const pitch = job.width * job.channels;
  for (let patch = tile * job.patchesPerTile; patch < end; patch++) {
    const image = patch / perImage;
    const inImage = patch % perImage;
    const y = (inImage / job.patchColumns) * job.step + job.originY;
    const x = (inImage % job.patchColumns) * job.step + job.originX;
    const source: usize = job.source + <usize>(((image * job.height + y) * pitch + x * job.channels) << 2);
    const destination: usize = job.destination + ((<usize>(patch * job.panelChannels)) << 2);
    for (let c = 0; c < job.channels; c += 4) {
      const to = destination + ((<usize>(c / job.panelChannels) * job.panelPitch + <usize>(c % job.panelChannels)) << 2);
      transformRows(job, source + ((<usize>c) << 2), y, x, table);
      transformColumns(job, table, to);
    }
  }
}

/** The patch's rows, transformed along x: [row][point]. */
function transformRows(job: WinogradDataJob, source: usize, y: i32, x: i32, table: usize): void {
  const step: usize = (<usize>job.channels) << 2;
  const pitch: usize = <usize>job.width * step;
  const size = job.patchSize;
  const edge = table + <usize>LINES * LINE_BYTES;
  const from = max(0, -x);
  const to = min(size, job.width - x);
  for (let row = 0; row < size; row++, source += pitch, table += LINE_BYTES) {
    if (y + row < 0 || y + row >= job.height) {
      memory.fill(table, 0, LINE_BYTES);
      continue;
    }
    let line = source;
    let lineStep = step;
    if (from > 0 || to < size) {
      memory.fill(edge, 0, LINE_BYTES);
      for (let i = from; i < to; i++) v128.store(edge + <usize>i * VECTOR, v128.load(source + <usize>i * step));
      line = edge;
      lineStep = VECTOR;
    }
    if (job.kind == PatchKind.gradients) {
      transformGradients(line, lineStep, table, VECTOR);
    } else {
      transformData(line, <usize>job.kind * lineStep, table, VECTOR, table + <usize>(POINTS - 1) * VECTOR);
      if (job.kind == PatchKind.strided) transformData(line + lineStep, 2 * lineStep, table + <usize>POINTS * VECTOR, VECTOR, 0);
    }
  }
}

/** The rows' results, transformed along y, each to its plane. */
function transformColumns(job: WinogradDataJob, table: usize, to: usize): void {
  const plane: usize = (<usize>job.planePitch) << 2;
  if (job.kind == PatchKind.gradients) {
    for (let point = 0; point < POINTS; point++, table += VECTOR, to += plane) {
      transformGradients(table, LINE_BYTES, to, <usize>POINTS * plane);
    }
    return;
  }
  const phases = job.kind;
  const step: usize = <usize>planesPerRow(phases) * plane;
  const lineStep = <usize>phases * LINE_BYTES;
  for (let phase = 0; phase < phases; phase++, to += plane) {
    let first = to;
    for (let point = 0; point < POINTS - phase; point++, table += VECTOR, first += <usize>planesPerPoint(phases) * plane) {
      transformData(table, lineStep, first, step, first + <usize>(POINTS - 1) * step);
      if (phases == 2) transformData(table + LINE_BYTES, lineStep, first + 2 * plane, step, 0);
    }
  }
}
