// Transforms patches of an image to their values at the points, one plane of memory for each; see winograd-planes.ts. A patch is the
// pixels that 4×4 outputs read; those outside the image are zero.
import { WinogradDataJob } from './jobs';
import { LINES, PLANES_PER_POINT, PLANES_PER_ROW, POINTS } from './winograd-planes';
import { VECTOR, transformData, transformGradients } from './winograd-transforms';

/** What a job does with a patch: */
export enum PatchKind {
  /** 11×11 pixels, their rows and columns split by phase, to 121 planes. */
  strided,
  /** 6×6 pixels to 36 planes. */
  dense,
  /** 4×4 gradients of outputs to 36 planes. */
  gradients,
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
    if (job.kind == PatchKind.strided) {
      transformData(line, 2 * lineStep, table, VECTOR, table + <usize>(POINTS - 1) * VECTOR);
      transformData(line + lineStep, 2 * lineStep, table + <usize>POINTS * VECTOR, VECTOR, 0);
    } else if (job.kind == PatchKind.dense) {
      transformData(line, lineStep, table, VECTOR, table + <usize>(POINTS - 1) * VECTOR);
    } else {
      transformGradients(line, lineStep, table, VECTOR);
    }
  }
}

/** The rows' results, transformed along y, each to its plane. */
function transformColumns(job: WinogradDataJob, table: usize, to: usize): void {
  const plane: usize = (<usize>job.planePitch) << 2;
  if (job.kind == PatchKind.strided) {
    const step: usize = <usize>PLANES_PER_ROW * plane;
    for (let phase = 0; phase < 2; phase++, to += plane) {
      let first = to;
      for (let point = 0; point < POINTS - phase; point++, table += VECTOR, first += <usize>PLANES_PER_POINT * plane) {
        transformData(table, 2 * LINE_BYTES, first, step, first + <usize>(POINTS - 1) * step);
        transformData(table + LINE_BYTES, 2 * LINE_BYTES, first + 2 * plane, step, 0);
      }
    }
    return;
  }
  const step: usize = <usize>POINTS * plane;
  for (let point = 0; point < POINTS; point++, table += VECTOR, to += plane) {
    if (job.kind == PatchKind.dense) transformData(table, LINE_BYTES, to, step, to + <usize>(POINTS - 1) * step);
    else transformGradients(table, LINE_BYTES, to, step);
  }
}
