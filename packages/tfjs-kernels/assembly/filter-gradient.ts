// The filter's gradient: dw[y, x, ci, co] = Σ over images and positions of image[.., ci] · gradient[.., co]. A product whose depth is
// the positions. A tile is some floats of one or more filter rows by some output channels. Of few channels, rows of the image are copied
// with zeros as padding and read there, one position a step after the other; of many, both sides are packed, and only positions at which
// some tap of the tile lies inside the image. The sum may be split into slices, which `sumSlices` adds up afterwards.
import {
  COLUMN_PANEL_BYTES,
  COPIED_BYTES,
  MAX_DEPTH,
  PANEL_ROW_BYTES,
  ROW_PANEL_BYTES,
  TILE_BYTES,
  TILE_COLUMNS,
  columnsAt,
  isHalfPanel,
  rowsAt,
  sumsAt,
  tableAt,
} from './blocking';
import { copyPaddedRows } from './copy-padded-rows';
import { FilterGradientJob } from './jobs';
import { multiplyColumns, multiplyHalfPanel } from './micro-kernel';
import { ceilDiv, clearFloats, copyFloats } from './vector';

/** One position of the sum, as seen by one filter row of the tile. */
@unmanaged
class Position {
  gradient: usize;
  /** Image row of the tile's first filter row; it may be outside. */
  y: i32;
  /** Address of the tile's first float in that row; outside the image if that is padding. */
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
  /** Floats of a filter row, and the panels of `panelRows` that they make. */
  start: i32;
  length: i32;
  panelRows: i32;
  panelsPerRow: i32;
  firstColumn: i32;
  columns: i32;
  slice: i32;
  columnPanels: i32;
  /** Positions at which some tap of the tile lies inside the image; at other positions it adds nothing. */
  yFrom: i32;
  yTo: i32;
  xFrom: i32;
  xTo: i32;
  /** The slice: rows of positions, numbered across all images. */
  outRowFrom: i32;
  outRowTo: i32;
}

/** Computes one tile of one slice; `tile` is in [0, job.tiles). */
export function filterGradientTile(job: FilterGradientJob, tile: i32, scratch: usize): void {
  const part = changetype<Part>(tableAt(scratch) + <usize>MAX_DEPTH * POSITION_BYTES);
  describePart(job, tile, part);
  clearFloats(sumsAt(scratch), part.filterRows * part.panelsPerRow * part.columnPanels * 4 * TILE_COLUMNS);
  if (job.copiesRows) addCopied(job, part, scratch);
  else addPacked(job, part, scratch);
  storePart(job, part, sumsAt(scratch));
}

/** Adds all positions of the slice, rows of them at a time: as many as fit the depth of a chunk and the memory for the copied rows. */
function addCopied(job: FilterGradientJob, part: Part, scratch: usize): void {
  const run = job.outWidth;
  const pitch = ((run - 1) * job.strideX + job.filterWidth) * job.inChannels;
  const copied = <i32>(COPIED_BYTES >> 2) / pitch;
  const mostRuns = min(job.outHeight, min(MAX_DEPTH / run, (copied - part.filterRows) / job.strideY + 1));
  const step: usize = (job.strideX * job.inChannels) << 2;
  const skip: usize = <usize>((job.strideY * pitch) << 2) - <usize>run * step;
  clearFloats(rowsAt(scratch), ((mostRuns - 1) * job.strideY + part.filterRows) * pitch);
  for (let outRow = part.outRowFrom; outRow < part.outRowTo;) {
    const outY = outRow % job.outHeight;
    const runs = min(mostRuns, min(job.outHeight - outY, part.outRowTo - outRow));
    const gradient = job.gradient + ((<usize>(outRow * run * job.outChannels + part.firstColumn)) << 2);
    const panels = packedGradient(gradient, job.outChannels, runs * run, part.columns, columnsAt(scratch));
    copyPaddedRows(
      job.image + ((<usize>((outRow / job.outHeight) * job.inHeight * job.inWidth * job.inChannels)) << 2),
      job.inHeight,
      job.inWidth * job.inChannels,
      outY * job.strideY + part.filterRow - job.padTop,
      (runs - 1) * job.strideY + part.filterRows,
      job.padLeft * job.inChannels,
      pitch,
      rowsAt(scratch),
    );
    let c = sumsAt(scratch);
    for (let q = 0; q < part.columnPanels; q++) {
      const panel = panels + <usize>q * COLUMN_PANEL_BYTES;
      for (let row = 0; row < part.filterRows; row++) {
        let a = rowsAt(scratch) + ((<usize>(row * pitch + part.start)) << 2);
        for (let p = 0; p < part.panelsPerRow; p++, a += (<usize>part.panelRows) << 2, c += TILE_BYTES) {
          if (part.panelRows == 8) multiplyHalfPanel(a, step, run, runs, skip, panel, c);
          else multiplyColumns(a, step, run, runs, skip, panel, c);
        }
      }
    }
    outRow += runs;
  }
}

/** [column panel][position][TILE_COLUMNS] of neighbouring positions, or half of that; in place if they are stored so. */
function packedGradient(from: usize, pitch: i32, depth: i32, columns: i32, to: usize): usize {
  const width = isHalfPanel(columns) ? 8 : TILE_COLUMNS;
  if (pitch == width) return from;
  let panel = to;
  for (let n = 0; n < columns; n += width, from += PANEL_ROW_BYTES, panel += COLUMN_PANEL_BYTES) {
    const present = min(width, columns - n);
    let source = from;
    let target = panel;
    for (let k = 0; k < depth; k++, source += (<usize>pitch) << 2, target += (<usize>width) << 2) {
      packColumns(target, source, present, width);
    }
  }
  return to;
}

/** Adds all positions of the slice at which some tap lies inside the image, packing both sides. */
function addPacked(job: FilterGradientJob, part: Part, scratch: usize): void {
  const positions = tableAt(scratch);
  const a = rowsAt(scratch);
  const b = columnsAt(scratch);
  const rowPanels = part.filterRows * part.panelsPerRow;
  const rows = part.yTo - part.yFrom;
  let outRow = part.outRowFrom;
  let x = part.xFrom;
  while (outRow < part.outRowTo && part.xFrom < part.xTo) {
    let depth = 0;
    while (depth < MAX_DEPTH && outRow < part.outRowTo) {
      const image = outRow / rows;
      const outY = part.yFrom + (outRow - image * rows);
      while (x < part.xTo && depth < MAX_DEPTH) {
        describePosition(job, part, image, outY, x, changetype<Position>(positions + <usize>depth * POSITION_BYTES));
        depth++;
        x++;
      }
      if (x >= part.xTo) {
        x = part.xFrom;
        outRow++;
      }
    }
    if (depth == 0) return;
    packGradients(positions, depth, part.columns, b);
    packImage(job, part, positions, depth, a);
    let c = sumsAt(scratch);
    for (let q = 0; q < part.columnPanels; q++) {
      const panel = b + <usize>q * COLUMN_PANEL_BYTES;
      for (let p = 0; p < rowPanels; p++, c += TILE_BYTES) {
        multiplyColumns(a + <usize>p * ROW_PANEL_BYTES, 16, depth, 1, 0, panel, c);
      }
    }
  }
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
  part.firstColumn = columnTile * job.columnsPerTile;
  part.columns = min(job.columnsPerTile, job.outChannels - part.firstColumn);
  part.columnPanels = ceilDiv(part.columns, TILE_COLUMNS);
  part.panelRows = job.copiesRows && isHalfPanel(part.columns) ? 8 : 4;
  part.panelsPerRow = ceilDiv(part.length, part.panelRows);
  describePositions(job, part);
}

function describePositions(job: FilterGradientJob, part: Part): void {
  part.yFrom = firstInside(part.filterRow + part.filterRows - 1 - job.padTop, job.strideY, job.outHeight);
  part.yTo = endInside(part.filterRow - job.padTop, job.strideY, job.inHeight, job.outHeight);
  const firstTap = part.start / job.inChannels;
  const lastTap = (part.start + part.length - 1) / job.inChannels;
  part.xFrom = firstInside(lastTap - job.padLeft, job.strideX, job.outWidth);
  part.xTo = endInside(firstTap - job.padLeft, job.strideX, job.inWidth, job.outWidth);
  if (part.yTo < part.yFrom) part.yTo = part.yFrom;
  if (job.copiesRows) {
    part.yFrom = 0;
    part.yTo = job.outHeight;
  }
  const outRows = job.batch * (part.yTo - part.yFrom);
  part.outRowFrom = <i32>((<i64>outRows * part.slice) / job.slices);
  part.outRowTo = <i32>((<i64>outRows * (part.slice + 1)) / job.slices);
}

/** The first of `count` positions i with i · stride + offset ≥ 0. */
function firstInside(offset: i32, stride: i32, count: i32): i32 {
  return offset >= 0 ? 0 : min(count, ceilDiv(-offset, stride));
}

/** The end of the positions i < count with i · stride + offset < size. */
function endInside(offset: i32, stride: i32, size: i32, count: i32): i32 {
  return offset >= size ? 0 : min(count, ceilDiv(size - offset, stride));
}

function describePosition(job: FilterGradientJob, part: Part, image: i32, outY: i32, x: i32, position: Position): void {
  const pixel = (image * job.outHeight + outY) * job.outWidth + x;
  position.gradient = job.gradient + ((pixel * job.outChannels + part.firstColumn) << 2);
  position.y = outY * job.strideY + part.filterRow - job.padTop;
  const left = (x * job.strideX - job.padLeft) * job.inChannels + part.start;
  position.image = job.image + (((image * job.inHeight + position.y) * job.inWidth * job.inChannels + left) << 2);
  position.from = max(0, -left);
  position.to = min(part.length, job.inWidth * job.inChannels - left);
}

/** [column panel][position][TILE_COLUMNS], zeros in the columns that don't exist. */
function packGradients(positions: usize, depth: i32, columns: i32, to: usize): void {
  for (let n = 0; n < columns; n += TILE_COLUMNS, to += COLUMN_PANEL_BYTES) {
    const present = min(TILE_COLUMNS, columns - n);
    let target = to;
    for (let k = 0; k < depth; k++, target += PANEL_ROW_BYTES) {
      const from = changetype<Position>(positions + <usize>k * POSITION_BYTES).gradient + ((<usize>n) << 2);
      packColumns(target, from, present, TILE_COLUMNS);
    }
  }
}

/** Copies a row of a panel; columns that don't exist become zero. */
function packColumns(to: usize, from: usize, present: i32, width: i32): void {
  if (present < width) {
    copyFloats(to, from, present);
    for (let i = present; i < width; i++) store<f32>(to + ((<usize>i) << 2), 0);
    return;
  }
  v128.store(to, v128.load(from));
  v128.store(to, v128.load(from, 16), 16);
  if (width == 8) return;
  v128.store(to, v128.load(from, 32), 32);
  v128.store(to, v128.load(from, 48), 48);
}

/** [row panel][position][4], zeros where a tap lies outside of the image. */
function packImage(job: FilterGradientJob, part: Part, positions: usize, depth: i32, to: usize): void {
  const pitch: usize = (job.inWidth * job.inChannels) << 2;
  const padded = part.panelsPerRow * 4;
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

function storePart(job: FilterGradientJob, part: Part, sums: usize): void {
  const slice = job.destination + ((<usize>part.slice * job.sliceFloats) << 2);
  const filterRowFloats = job.filterWidth * job.inChannels;
  const columnBytes = <usize>(part.filterRows * part.panelsPerRow) * TILE_BYTES;
  const rowBytes = TILE_BYTES / <usize>part.panelRows;
  for (let row = 0; row < part.filterRows; row++) {
    for (let i = 0; i < part.length; i++) {
      const line = (part.filterRow + row) * filterRowFloats + part.start + i;
      let to = slice + ((<usize>(line * job.outChannels + part.firstColumn)) << 2);
      const panel = row * part.panelsPerRow + i / part.panelRows;
      let from = sums + <usize>panel * TILE_BYTES + <usize>(i % part.panelRows) * rowBytes;
      for (let n = 0; n < part.columns; n += TILE_COLUMNS, to += PANEL_ROW_BYTES, from += columnBytes) {
        copyFloats(to, from, min(TILE_COLUMNS, part.columns - n));
      }
    }
  }
}
