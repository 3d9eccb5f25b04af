// The filter's gradient: dw[y, x, ci, co] = Σ over images and positions of image[.., ci] · gradient[.., co]. A product whose depth is
// the positions; both sides are packed. A tile is some floats of one or more filter rows by some output channels; only positions at
// which some tap of the tile lies inside the image take part. The sum may be split into slices, added up afterwards (`sumSlices`).
import {
  COLUMN_PANEL_BYTES,
  MAX_DEPTH,
  PANEL_ROW_BYTES,
  ROW_PANEL_BYTES,
  TILE_BYTES,
  TILE_COLUMNS,
  columnsAt,
  rowsAt,
  sumsAt,
  tableAt,
} from './blocking';
import { FilterGradientJob } from './jobs';
import { multiplyPacked } from './micro-kernel';
import { ceilDiv, clearFloats, copyFloats, roundUp4 } from './vector';

/** One position of the sum, as seen by one filter row of the tile. */
@unmanaged
class Position {
  gradient: usize;
  /** Image row of the tile's first filter row; it may lie outside. */
  y: i32;
  /** Address of the tile's first float in that row; outside of the image where that is padding. */
  image: usize;
  /** Floats of the tile that lie inside an image row. */
  from: i32;
  to: i32;
}

const POSITION_BYTES: usize = 20;

/** The part of the filter that a tile covers, and the positions that matter to it. */
@unmanaged
class Part {
  filterRow: i32;
  filterRows: i32;
  /** Floats of a filter row, and the panels of four rows that they make. */
  start: i32;
  length: i32;
  panelsPerRow: i32;
  firstColumn: i32;
  columns: i32;
  slice: i32;
  yFrom: i32;
  yTo: i32;
  xFrom: i32;
  xTo: i32;
}

/** Computes one tile of one slice; `tile` is in [0, job.tiles). */
export function filterGradientTile(job: FilterGradientJob, tile: i32, scratch: usize): void {
  const positions = tableAt(scratch);
  const part = changetype<Part>(positions + <usize>MAX_DEPTH * POSITION_BYTES);
  describePart(job, tile, part);
  const columnPanels = ceilDiv(part.columns, TILE_COLUMNS);
  const rowPanels = part.filterRows * part.panelsPerRow;
  const sums = sumsAt(scratch);
  const a = rowsAt(scratch);
  const b = columnsAt(scratch);
  clearFloats(sums, rowPanels * columnPanels * 4 * TILE_COLUMNS);

  const outRows = job.batch * (part.yTo - part.yFrom);
  const outRowEnd = <i32>((<i64>outRows * (part.slice + 1)) / job.slices);
  let outRow = <i32>((<i64>outRows * part.slice) / job.slices);
  let x = part.xFrom;
  while (outRow < outRowEnd && part.xFrom < part.xTo) {
    let depth = 0;
    while (depth < MAX_DEPTH && outRow < outRowEnd) {
      describePosition(job, part, outRow, x, changetype<Position>(positions + <usize>depth * POSITION_BYTES));
      depth++;
      if (++x == part.xTo) {
        x = part.xFrom;
        outRow++;
      }
    }
    packGradient(positions, depth, part.columns, b);
    packImage(job, part, positions, depth, a);
    for (let q = 0, c = sums; q < columnPanels; q++) {
      const panel = b + <usize>q * COLUMN_PANEL_BYTES;
      for (let p = 0; p < rowPanels; p++, c += TILE_BYTES) multiplyPacked(depth, a + <usize>p * ROW_PANEL_BYTES, panel, c);
    }
  }
  storePart(job, part, sums, rowPanels);
}

function describePart(job: FilterGradientJob, tile: i32, part: Part): void {
  const columnTile = tile % job.columnTiles;
  let rest = tile / job.columnTiles;
  const cuts = job.segments * job.parts;
  const cut = rest % cuts;
  rest /= cuts;
  const rowTiles = ceilDiv(job.filterHeight, job.filterRowsPerTile);
  part.slice = rest / rowTiles;
  part.filterRow = (rest % rowTiles) * job.filterRowsPerTile;
  part.filterRows = min(job.filterRowsPerTile, job.filterHeight - part.filterRow);
  const segment = cut / job.parts;
  const inSegment = (cut % job.parts) * job.partLength;
  part.start = segment * job.segmentLength + inSegment;
  part.length = min(job.partLength, job.segmentLength - inSegment);
  part.panelsPerRow = ceilDiv(part.length, 4);
  part.firstColumn = columnTile * job.columnsPerTile;
  part.columns = min(job.columnsPerTile, job.outChannels - part.firstColumn);

  part.yFrom = firstInside(part.filterRow + part.filterRows - 1 - job.padTop, job.strideY, job.outHeight);
  part.yTo = endInside(part.filterRow - job.padTop, job.strideY, job.inHeight, job.outHeight);
  const firstTap = part.start / job.inChannels;
  const lastTap = (part.start + part.length - 1) / job.inChannels;
  part.xFrom = firstInside(lastTap - job.padLeft, job.strideX, job.outWidth);
  part.xTo = endInside(firstTap - job.padLeft, job.strideX, job.inWidth, job.outWidth);
  if (part.yTo < part.yFrom) part.yTo = part.yFrom;
}

/** The first of `count` positions i with i · stride + offset ≥ 0. */
function firstInside(offset: i32, stride: i32, count: i32): i32 {
  return offset >= 0 ? 0 : min(count, ceilDiv(-offset, stride));
}

/** The end of the positions i < count with i · stride + offset < size. */
function endInside(offset: i32, stride: i32, size: i32, count: i32): i32 {
  return offset >= size ? 0 : min(count, ceilDiv(size - offset, stride));
}

function describePosition(job: FilterGradientJob, part: Part, outRow: i32, x: i32, position: Position): void {
  const rows = part.yTo - part.yFrom;
  const image = outRow / rows;
  const outY = part.yFrom + (outRow - image * rows);
  const pixel = (image * job.outHeight + outY) * job.outWidth + x;
  position.gradient = job.gradient + ((pixel * job.outChannels + part.firstColumn) << 2);
  position.y = outY * job.strideY + part.filterRow - job.padTop;
  const left = (x * job.strideX - job.padLeft) * job.inChannels + part.start;
  position.image = job.image + (((image * job.inHeight + position.y) * job.inWidth * job.inChannels + left) << 2);
  position.from = max(0, -left);
  position.to = min(part.length, job.inWidth * job.inChannels - left);
}

/** [column panel][position][TILE_COLUMNS], zeros in the columns that don't exist. */
function packGradient(positions: usize, depth: i32, columns: i32, to: usize): void {
  for (let n = 0; n < columns; n += TILE_COLUMNS, to += COLUMN_PANEL_BYTES) {
    const present = min(TILE_COLUMNS, columns - n);
    let target = to;
    for (let k = 0; k < depth; k++, target += PANEL_ROW_BYTES) {
      const from = changetype<Position>(positions + <usize>k * POSITION_BYTES).gradient + ((<usize>n) << 2);
      if (present == TILE_COLUMNS) {
        v128.store(target, v128.load(from));
        v128.store(target, v128.load(from, 16), 16);
        if (TILE_COLUMNS == 16) {
          v128.store(target, v128.load(from, 32), 32);
          v128.store(target, v128.load(from, 48), 48);
        }
      } else {
        copyFloats(target, from, present);
        for (let i = present; i < TILE_COLUMNS; i++) store<f32>(target + ((<usize>i) << 2), 0);
      }
    }
  }
}

/** [row panel][position][4], zeros where a tap lies outside of the image. */
function packImage(job: FilterGradientJob, part: Part, positions: usize, depth: i32, to: usize): void {
  const pitch: usize = (job.inWidth * job.inChannels) << 2;
  const padded = roundUp4(part.length);
  const zero = f32x4.splat(0);
  for (let row = 0; row < part.filterRows; row++, to += <usize>part.panelsPerRow * ROW_PANEL_BYTES) {
    for (let k = 0; k < depth; k++) {
      const position = changetype<Position>(positions + <usize>k * POSITION_BYTES);
      let target = to + ((<usize>k) << 4);
      const end = target + <usize>part.panelsPerRow * ROW_PANEL_BYTES;
      const y = position.y + row;
      let from: usize = position.image + <usize>row * pitch;
      if (y >= 0 && y < job.inHeight && position.from == 0 && position.to >= padded) {
        for (; target != end; target += ROW_PANEL_BYTES, from += 16) v128.store(target, v128.load(from));
        continue;
      }
      for (let panel = target; panel != end; panel += ROW_PANEL_BYTES) v128.store(panel, zero);
      if (y < 0 || y >= job.inHeight) continue;
      for (let i = position.from; i < position.to; i++) {
        store<f32>(target + <usize>(i >> 2) * ROW_PANEL_BYTES + ((<usize>(i & 3)) << 2), load<f32>(from + ((<usize>i) << 2)));
      }
    }
  }
}

function storePart(job: FilterGradientJob, part: Part, sums: usize, rowPanels: i32): void {
  const slice = job.destination + ((<usize>part.slice * job.sliceFloats) << 2);
  const filterRowFloats = job.filterWidth * job.inChannels;
  const columnBytes = <usize>rowPanels * TILE_BYTES;
  for (let row = 0; row < part.filterRows; row++) {
    for (let i = 0; i < part.length; i++) {
      const line = (part.filterRow + row) * filterRowFloats + part.start + i;
      let to = slice + ((<usize>(line * job.outChannels + part.firstColumn)) << 2);
      let from = sums + <usize>(row * part.panelsPerRow + (i >> 2)) * TILE_BYTES + <usize>(i & 3) * PANEL_ROW_BYTES;
      for (let n = 0; n < part.columns; n += TILE_COLUMNS, to += PANEL_ROW_BYTES, from += columnBytes) {
        copyFloats(to, from, min(TILE_COLUMNS, part.columns - n));
      }
    }
  }
}
