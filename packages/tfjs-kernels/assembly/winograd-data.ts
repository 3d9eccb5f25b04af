// Patches of an image, the pixels that 4×4 outputs read, and their values at the points. Pixels outside the image are zero. The patches
// of a block are transformed together, a panel of channels at a time: [plane][patch][channel].
import { tableAt } from './blocking';
import { WinogradDataJob, WinogradPatches } from './jobs';
import { ceilDiv } from './vector';
import { LINES, POINTS, planesOf, planesPerPoint, planesPerRow } from './winograd-planes';
import { VECTOR, copyVector, transformData, transformGradients } from './winograd-transforms';

/** What becomes of a patch: gradients, or its number of phases. */
export enum PatchKind {
  /** 4×4 gradients of outputs to 36 planes. */
  gradients,
  /** 6×6 pixels to 36 planes. */
  dense,
  /** 11×11 pixels, their rows and columns split by phase, to 121 planes. */
  strided,
}

const LINE_BYTES: usize = <usize>LINES * VECTOR;
const EDGE_BYTES: usize = <usize>LINES * LINE_BYTES;
/** Space between planes, so that they don't all fall into the same set of the cache. */
const PAD_BYTES: usize = 64;

/** Bytes of a plane of one panel. */
export function patchPlaneBytes(patches: WinogradPatches): usize {
  return ((<usize>(patches.blockPatches * patches.panelChannels)) << 2) + PAD_BYTES;
}

/** Bytes of a panel of a block. */
export function patchPanelBytes(patches: WinogradPatches): usize {
  return <usize>planesOf(max(1, patches.kind)) * patchPlaneBytes(patches);
}

/** Number of patches in a block: the last may have fewer. */
export function patchesIn(patches: WinogradPatches, block: i32): i32 {
  return min(patches.blockPatches, patches.patches - block * patches.blockPatches);
}

/** Transforms one panel of one block. */
export function winogradDataTile(job: WinogradDataJob, tile: i32, scratch: usize): void {
  const patches = changetype<WinogradPatches>(changetype<usize>(job) + offsetof<WinogradDataJob>('kind'));
  const panels = ceilDiv(patches.sourceChannels, patches.panelChannels);
  const to = patches.data + <usize>tile * patchPanelBytes(patches);
  transformPanel(patches, tile / panels, tile % panels, to, tableAt(scratch));
}

/** Where a panel of a block lies: transformed beforehand, or now and `at` that place. */
export function patchesAt(patches: WinogradPatches, block: i32, panel: i32, at: usize, table: usize): usize {
  if (patches.data) {
    const panels = ceilDiv(patches.sourceChannels, patches.panelChannels);
    return patches.data + <usize>(block * panels + panel) * patchPanelBytes(patches);
  }
  transformPanel(patches, block, panel, at, table);
  return at;
}

function transformPanel(patches: WinogradPatches, block: i32, panel: i32, to: usize, table: usize): void {
  const first = block * patches.blockPatches;
  const count = patchesIn(patches, block);
  const channel = panel * patches.panelChannels;
  const channels = min(patches.panelChannels, patches.sourceChannels - channel);
  const perImage = patches.patchRows * patches.patchColumns;
  const distance = patches.kind == PatchKind.strided ? 8 : 4;
  for (let i = 0; i < count; i++, to += (<usize>patches.panelChannels) << 2) {
    const inImage = (first + i) % perImage;
    const y = (inImage / patches.patchColumns) * distance + patches.originY;
    const x = (inImage % patches.patchColumns) * distance + patches.originX;
    transformPatch(patches, (first + i) / perImage, y, x, channel, channels, to, table);
  }
}

/** Transforms some channels of the patch whose first pixel is (y, x) of an image. */
function transformPatch(
  patches: WinogradPatches,
  image: i32,
  y: i32,
  x: i32,
  channel: i32,
  channels: i32,
  to: usize,
  table: usize,
): void {
  const step: usize = (<usize>patches.sourceChannels) << 2;
  const pitch: usize = <usize>patches.sourceWidth * step;
  const size = patches.kind == PatchKind.strided ? 11 : 4 + 2 * patches.kind;
  const from: usize =
    patches.source + <usize>(image * patches.sourceHeight + y) * pitch + <usize>x * step + ((<usize>channel) << 2);
  const plane = patchPlaneBytes(patches);
  const yFrom = max(0, -y);
  const yTo = min(size, patches.sourceHeight - y);
  const xFrom = max(0, -x);
  const xTo = min(size, patches.sourceWidth - x);
  const bytes = (<usize>channels) << 2;
  if (yFrom == 0 && xFrom == 0 && yTo == size && xTo == size) {
    for (let c: usize = 0; c < bytes; c += VECTOR) transformVectors(patches.kind, from + c, pitch, step, to + c, plane, table);
    return;
  }
  const edge = table + EDGE_BYTES;
  memory.fill(edge, 0, EDGE_BYTES);
  for (let c: usize = 0; c < bytes; c += VECTOR) {
    for (let row = yFrom; row < yTo; row++) {
      const source = from + <usize>row * pitch + c;
      const target = edge + <usize>row * LINE_BYTES;
      for (let i = xFrom; i < xTo; i++) copyVector(target + <usize>i * VECTOR, source + <usize>i * step);
    }
    transformVectors(patches.kind, edge, LINE_BYTES, VECTOR, to + c, plane, table);
  }
}

/** Transforms one vector of channels of a patch, first along x, then along y, each value to its plane. */
function transformVectors(kind: i32, from: usize, pitch: usize, step: usize, to: usize, plane: usize, table: usize): void {
  if (kind == PatchKind.gradients) {
    for (let row: usize = 0; row < 4; row++) transformGradients(from + row * pitch, step, table + row * LINE_BYTES, VECTOR);
    for (let point = 0; point < POINTS; point++, table += VECTOR, to += plane) {
      transformGradients(table, LINE_BYTES, to, <usize>POINTS * plane);
    }
    return;
  }
  const phases = kind;
  const size = phases == 2 ? LINES : POINTS;
  let line = table;
  for (let row = 0; row < size; row++, from += pitch, line += LINE_BYTES) {
    transformData(from, <usize>phases * step, line, VECTOR, line + <usize>(POINTS - 1) * VECTOR);
    if (phases == 2) transformData(from + step, 2 * step, line + <usize>POINTS * VECTOR, VECTOR, 0);
  }
  const row: usize = <usize>planesPerRow(phases) * plane;
  const lineStep = <usize>phases * LINE_BYTES;
  for (let phase = 0; phase < phases; phase++, to += plane) {
    let first = to;
    for (let point = 0; point < POINTS - phase; point++, table += VECTOR, first += <usize>planesPerPoint(phases) * plane) {
      transformData(table, lineStep, first, row, first + <usize>(POINTS - 1) * row);
      if (phases == 2) transformData(table + LINE_BYTES, lineStep, first + 2 * plane, row, 0);
    }
  }
}
