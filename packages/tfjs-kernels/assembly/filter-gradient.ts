// The filter's gradient: dw[y, x, ci, co] = Σ over images and positions of image[.., ci] · gradient[.., co]. A product whose depth is
// the positions; both sides are packed. A tile is some floats of one or more filter rows by some output channels; only positions at
// which some tap of the tile lies inside the image are summed. The sum may be split into slices, which `sumSlices` adds up afterwards.
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
import { multiplyColumns } from './micro-kernel';
import { ceilDiv, clearFloats, copyFloats, roundUp4 } from './vector';

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
  /** Floats of a filter row, and the panels of four rows that they make. */
  start: i32;
  length: i32;
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
  /** Positions at which the whole tile does and which are read in place; none if the job always packs. */
  yInsideFrom: i32;
  yInsideTo: i32;
  xInsideFrom: i32;
  xInsideTo: i32;
  /** The slice: rows of positions, numbered across all images. */
  outRowFrom: i32;
  outRowTo: i32;
}

/** Computes one tile of one slice; `tile` is in [0, job.tiles). */
export function filterGradientTile(job: FilterGradientJob, tile: i32, scratch: usize): void {
  const part = changetype<Part>(tableAt(scratch) + <usize>MAX_DEPTH * POSITION_BYTES);
  describePart(job, tile, part);
  clearFloats(sumsAt(scratch), part.filterRows * part.panelsPerRow * part.columnPanels * 4 * TILE_COLUMNS);
  if (part.yInsideFrom < part.yInsideTo) addInside(job, part, scratch);
  addOthers(job, part, scratch);
  storePart(job, part, sumsAt(scratch));
}

/**
 * Adds the positions at which the whole tile lies inside the image. There the image is read in place, since neighbouring
 * positions are one step apart. Rows of positions are taken together up to the depth of a chunk.
 */
function addInside(job: FilterGradientJob, part: Part, scratch: usize): void {
  const rows = part.yTo - part.yFrom;
  const run = part.xInsideTo - part.xInsideFrom;
  const rowsPerChunk = MAX_DEPTH / run;
  const pitch = job.inWidth * job.inChannels;
  const step: usize = (job.strideX * job.inChannels) << 2;
  const skip: usize = <usize>((job.strideY * pitch) << 2) - <usize>run * step;
  const b = columnsAt(scratch);
  for (let outRow = part.outRowFrom; outRow < part.outRowTo;) {
    const image = outRow / rows;
    const outY = part.yFrom + (outRow - image * rows);
    if (outY < part.yInsideFrom || outY >= part.yInsideTo) {
      outRow++;
      continue;
    }
    const runs = min(rowsPerChunk, min(part.yInsideTo - outY, part.outRowTo - outRow));
    const pixel = (image * job.outHeight + outY) * job.outWidth + part.xInsideFrom;
    const gradient: usize = job.gradient + <usize>((pixel * job.outChannels + part.firstColumn) << 2);
    packInside(job, gradient, runs, run, part.columns, b);
    const y = outY * job.strideY + part.filterRow - job.padTop;
    const left = (part.xInsideFrom * job.strideX - job.padLeft) * job.inChannels + part.start;
    const from: usize = job.image + <usize>(((image * job.inHeight + y) * pitch + left) << 2);
    let c = sumsAt(scratch);
    for (let q = 0; q < part.columnPanels; q++) {
      const panel = b + <usize>q * COLUMN_PANEL_BYTES;
      for (let row = 0; row < part.filterRows; row++) {
        let a = from + <usize>((row * pitch) << 2);
        for (let p = 0; p < part.panelsPerRow; p++, a += 16, c += TILE_BYTES) multiplyColumns(a, step, run, runs, skip, panel, c);
      }
    }
    outRow += runs;
  }
}

/** [column panel][position][TILE_COLUMNS] for `runs` rows of `run` neighbouring positions. */
function packInside(job: FilterGradientJob, gradient: usize, runs: i32, run: i32, columns: i32, to: usize): void {
  const pitch = (<usize>job.outChannels) << 2;
  const rowSkip = <usize>(job.outWidth - run) * pitch;
  for (let n = 0; n < columns; n += TILE_COLUMNS, to += COLUMN_PANEL_BYTES) {
    const present = min(TILE_COLUMNS, columns - n);
    let from = gradient + ((<usize>n) << 2);
    let target = to;
    for (let row = 0; row < runs; row++, from += rowSkip) {
      for (let k = 0; k < run; k++, from += pitch, target += PANEL_ROW_BYTES) packColumns(target, from, present);
    }
  }
}

/** Adds all other positions, packing both sides. */
function addOthers(job: FilterGradientJob, part: Part, scratch: usize): void {
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
      const isInside = outY >= part.yInsideFrom && outY < part.yInsideTo;
      while (x < part.xTo && depth < MAX_DEPTH) {
        if (isInside && x == part.xInsideFrom) x = part.xInsideTo;
        if (x >= part.xTo) break;
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
    packGradient(positions, depth, part.columns, b);
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
  part.panelsPerRow = ceilDiv(part.length, 4);
  part.firstColumn = columnTile * job.columnsPerTile;
  part.columns = min(job.columnsPerTile, job.outChannels - part.firstColumn);
  part.columnPanels = ceilDiv(part.columns, TILE_COLUMNS);

  part.yFrom = firstInside(part.filterRow + part.filterRows - 1 - job.padTop, job.strideY, job.outHeight);
  part.yTo = endInside(part.filterRow - job.padTop, job.strideY, job.inHeight, job.outHeight);
  const firstTap = part.start / job.inChannels;
  const lastTap = (part.start + part.length - 1) / job.inChannels;
  part.xFrom = firstInside(lastTap - job.padLeft, job.strideX, job.outWidth);
  part.xTo = endInside(firstTap - job.padLeft, job.strideX, job.inWidth, job.outWidth);
  if (part.yTo < part.yFrom) part.yTo = part.yFrom;
  const outRows = job.batch * (part.yTo - part.yFrom);
  part.outRowFrom = <i32>((<i64>outRows * part.slice) / job.slices);
  part.outRowTo = <i32>((<i64>outRows * (part.slice + 1)) / job.slices);
  describeInside(job, part);
}

function describeInside(job: FilterGradientJob, part: Part): void {
  part.yInsideFrom = part.yInsideTo = part.xInsideFrom = part.xInsideTo = -1;
  if (!job.inPlace) return;
  const lastRow = part.filterRow + part.filterRows - 1 - job.padTop;
  const yFrom = firstInside(part.filterRow - job.padTop, job.strideY, job.outHeight);
  const yTo = endInside(lastRow, job.strideY, job.inHeight, job.outHeight);
  // Panels read up to 3 floats beyond the tile: they have to lie in the same image row.
  const channels = job.inChannels;
  const lastFloat = part.start + roundUp4(part.length) - 1 - job.padLeft * channels;
  const xFrom = firstInside(part.start - job.padLeft * channels, job.strideX * channels, job.outWidth);
  const xTo = endInside(lastFloat, job.strideX * channels, job.inWidth * channels, job.outWidth);
  if (yFrom >= yTo || xFrom >= xTo) return;
  part.yInsideFrom = yFrom;
  part.yInsideTo = yTo;
  part.xInsideFrom = xFrom;
  part.xInsideTo = xTo;
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
function packGradient(positions: usize, depth: i32, columns: i32, to: usize): void {
  for (let n = 0; n < columns; n += TILE_COLUMNS, to += COLUMN_PANEL_BYTES) {
    const present = min(TILE_COLUMNS, columns - n);
    let target = to;
    for (let k = 0; k < depth; k++, target += PANEL_ROW_BYTES) {
      const from = changetype<Position>(positions + <usize>k * POSITION_BYTES).gradient + ((<usize>n) << 2);
      packColumns(target, from, present);
    }
  }
}

/** Copies a row of a panel; columns that don't exist become zero. */
function packColumns(to: usize, from: usize, present: i32): void {
  if (present == TILE_COLUMNS) {
    v128.store(to, v128.load(from));
    v128.store(to, v128.load(from, 16), 16);
    if (TILE_COLUMNS == 16) {
      v128.store(to, v128.load(from, 32), 32);
      v128.store(to, v128.load(from, 48), 48);
    }
  } else {
    copyFloats(to, from, present);
    for (let i = present; i < TILE_COLUMNS; i++) store<f32>(to + ((<usize>i) << 2), 0);
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

function storePart(job: FilterGradientJob, part: Part, sums: usize): void {
  const slice = job.destination + ((<usize>part.slice * job.sliceFloats) << 2);
  const filterRowFloats = job.filterWidth * job.inChannels;
  const columnBytes = <usize>(part.filterRows * part.panelsPerRow) * TILE_BYTES;
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
