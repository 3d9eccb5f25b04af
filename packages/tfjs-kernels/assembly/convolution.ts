// Convolution as a matrix product whose rows are read in place. A grid position is a row of the product, an output channel a column. For
// one row of the filter, a position reads one contiguous run of the image (NHWC), so the inner loop walks runs and nothing is copied;
// taps that fall outside the image are left out of the run. Four rows make a panel: the same position of four images of the batch if
// there are four, so that all of them skip the same taps.
import { MAX_DEPTH, MAX_PANELS, PANEL_ROW_BYTES, TILE_BYTES, TILE_COLUMNS, columnsAt, rowsAt, sumsAt, tableAt } from './blocking';
import { epilogueAt, storeRow } from './epilogue';
import { ConvolutionJob } from './jobs';
import { multiplyRows } from './micro-kernel';
import { packWeights } from './pack-weights';
import { ceilDiv, clearFloats, copyFloats, roundUp4 } from './vector';

/** One row of the product. */
@unmanaged
class Row {
  /** Address of the first tap's first channel; outside the image if that is padding. */
  source: usize;
  destination: usize;
  /** Taps inside the image: rows of taps, and floats of such a row. */
  rowFrom: i32;
  rowTo: i32;
  floatFrom: i32;
  floatTo: i32;
  /** 1: the row is stored; 0: it only pads a panel. */
  isStored: i32;
}

/** A panel of four rows. */
@unmanaged
class Panel {
  /** aligned: the rows are one position of four images, of which only the first is described; mixed: they skip different taps. */
  kind: i32;
}

enum Kind {
  aligned,
  loose,
  mixed,
}

const ROW_BYTES: usize = 28;
const PANEL_BYTES: usize = 16 + 4 * ROW_BYTES;

/** The part summed at a time: some rows of taps, some floats of each. */
@unmanaged
class Chunk {
  rowFrom: i32;
  rowTo: i32;
  floatFrom: i32;
  floatTo: i32;
}

function panelAt(table: usize, panel: i32): Panel {
  return changetype<Panel>(table + <usize>panel * PANEL_BYTES);
}

function rowOf(panel: Panel, r: i32): Row {
  return changetype<Row>(changetype<usize>(panel) + 16 + <usize>r * ROW_BYTES);
}

/** Number of panels of 4 rows in the job's grid: full groups of four images first, then the rest of the batch, position by position. */
function panelCount(job: ConvolutionJob): i32 {
  const positions = job.gridHeight * job.gridWidth;
  return positions * (job.batch >> 2) + ceilDiv(positions * (job.batch & 3), 4);
}

/** Computes one block of the output; `tile` is in [0, job.tiles). */
export function convolutionTile(job: ConvolutionJob, tile: i32, scratch: usize): void {
  const firstPanel = (tile / job.columnTiles) * job.panelsPerTile;
  const panels = min(job.panelsPerTile, panelCount(job) - firstPanel);
  const firstColumn = (tile % job.columnTiles) * job.columnsPerTile;
  const columns = min(job.columnsPerTile, job.columns - firstColumn);
  const columnPanels = ceilDiv(columns, TILE_COLUMNS);
  const sums = sumsAt(scratch);
  const table = tableAt(scratch);

  describePanels(job, firstPanel, panels, table);
  clearFloats(sums, panels * columnPanels * 4 * TILE_COLUMNS);
  const used = changetype<Chunk>(table + <usize>MAX_PANELS * PANEL_BYTES);
  usedTaps(table, panels, used);
  const chunk = changetype<Chunk>(changetype<usize>(used) + offsetof<Chunk>());
  const span = used.floatTo - used.floatFrom;
  if (span > 0) {
    const rowsPerChunk = max(1, MAX_DEPTH / span);
    const floatsPerChunk = roundUp4(ceilDiv(span, ceilDiv(span, MAX_DEPTH)));
    for (let y = used.rowFrom; y < used.rowTo; y += rowsPerChunk) {
      for (let j = used.floatFrom; j < used.floatTo; j += floatsPerChunk) {
        chunk.rowFrom = y;
        chunk.rowTo = min(y + rowsPerChunk, used.rowTo);
        chunk.floatFrom = j;
        chunk.floatTo = min(j + floatsPerChunk, used.floatTo);
        addChunk(job, chunk, table, panels, firstColumn, columns, scratch);
      }
    }
  }
  storeBlock(job, table, panels, firstColumn, columns, sums);
}

function describePanels(job: ConvolutionJob, firstPanel: i32, panels: i32, table: usize): void {
  const positions = job.gridHeight * job.gridWidth;
  const aligned = positions * (job.batch >> 2);
  let image = (firstPanel / positions) * 4;
  let gridY = (firstPanel % positions) / job.gridWidth;
  let gridX = (firstPanel % positions) % job.gridWidth;
  for (let p = 0; p < panels; p++) {
    const panel = panelAt(table, p);
    if (firstPanel + p >= aligned) {
      describeLoosePanel(job, panel, (firstPanel + p - aligned) * 4);
      continue;
    }
    panel.kind = Kind.aligned;
    describeRow(job, rowOf(panel, 0), image, gridY, gridX);
    if (++gridX < job.gridWidth) continue;
    gridX = 0;
    if (++gridY < job.gridHeight) continue;
    gridY = 0;
    image += 4;
  }
}

/** Four rows, from `first` on, of the images left after groups of four, numbered position by position. */
function describeLoosePanel(job: ConvolutionJob, panel: Panel, first: i32): void {
  const rest = job.batch & 3;
  const count = job.gridHeight * job.gridWidth * rest;
  panel.kind = Kind.loose;
  for (let r = 0; r < 4; r++) {
    const row = rowOf(panel, r);
    // A row that only pads the panel repeats its first one, and is not stored.
    const i = first + r < count ? first + r : first;
    const position = i / rest;
    describeRow(job, row, (job.batch & ~3) + (i % rest), position / job.gridWidth, position % job.gridWidth);
    if (first + r >= count) row.isStored = 0;
    if (!sameTaps(row, rowOf(panel, 0))) panel.kind = Kind.mixed;
  }
}

function sameTaps(a: Row, b: Row): bool {
  return a.rowFrom == b.rowFrom && a.rowTo == b.rowTo && a.floatFrom == b.floatFrom && a.floatTo == b.floatTo;
}

function describeRow(job: ConvolutionJob, row: Row, image: i32, gridY: i32, gridX: i32): void {
  const y = gridY * job.stepY + job.originY;
  const x = gridX * job.stepX + job.originX;
  const channels = job.sourceChannels;
  row.source = job.source + ((((image * job.sourceHeight + y) * job.sourceWidth + x) * channels) << 2);
  row.rowFrom = max(0, -y);
  row.rowTo = min(job.tapRows, job.sourceHeight - y);
  row.floatFrom = max(0, -x) * channels;
  row.floatTo = min(job.tapColumns, job.sourceWidth - x) * channels;
  if (row.rowTo <= row.rowFrom || row.floatTo <= row.floatFrom) {
    row.rowFrom = row.rowTo = row.floatFrom = row.floatTo = 0;
  }
  const outY = gridY * job.destinationStepY + job.destinationOffsetY;
  const outX = gridX * job.destinationStepX + job.destinationOffsetX;
  const pixel = (image * job.destinationHeight + outY) * job.destinationWidth + outX;
  row.destination = job.destination + ((pixel * job.destinationChannels) << 2);
  row.isStored = 1;
}

/** The taps that any of the rows uses. */
function usedTaps(table: usize, panels: i32, used: Chunk): void {
  used.rowFrom = used.floatFrom = i32.MAX_VALUE;
  used.rowTo = used.floatTo = 0;
  for (let p = 0; p < panels; p++) {
    const panel = panelAt(table, p);
    const rows = panel.kind == Kind.aligned ? 1 : 4;
    for (let r = 0; r < rows; r++) {
      const row = rowOf(panel, r);
      if (row.rowTo <= row.rowFrom) continue;
      used.rowFrom = min(used.rowFrom, row.rowFrom);
      used.rowTo = max(used.rowTo, row.rowTo);
      used.floatFrom = min(used.floatFrom, row.floatFrom);
      used.floatTo = max(used.floatTo, row.floatTo);
    }
  }
  if (used.rowTo == 0) used.rowFrom = used.floatFrom = 0;
}

/** Adds the chunk's products to every tile of the block; a panel of columns stays in the first-level cache for all rows. */
function addChunk(
  job: ConvolutionJob,
  chunk: Chunk,
  table: usize,
  panels: i32,
  firstColumn: i32,
  columns: i32,
  scratch: usize,
): void {
  const packed = columnsAt(scratch);
  packWeights(job, chunk.rowFrom, chunk.rowTo, chunk.floatFrom, chunk.floatTo, firstColumn, columns, packed);
  copyMixedPanels(job, chunk, table, panels, rowsAt(scratch));
  const width = chunk.floatTo - chunk.floatFrom;
  const depth = (chunk.rowTo - chunk.rowFrom) * width;
  const pitch = job.sourceWidth * job.sourceChannels;
  const imageBytes: usize = (job.sourceHeight * pitch) << 2;
  let sums = sumsAt(scratch);
  const columnsEnd = packed + <usize>ceilDiv(columns, TILE_COLUMNS) * depth * PANEL_ROW_BYTES;
  for (let b = packed; b < columnsEnd; b += <usize>depth * PANEL_ROW_BYTES) {
    for (let p = 0; p < panels; p++, sums += TILE_BYTES) {
      const panel = panelAt(table, p);
      if (panel.kind == Kind.mixed) {
        const a = rowsAt(scratch) + <usize>p * (MAX_DEPTH * 16);
        const rowBytes = (<usize>depth) << 2;
        multiplyRows(a, a + rowBytes, a + 2 * rowBytes, a + 3 * rowBytes, rowBytes, 1, 0, b, 0, sums);
        continue;
      }
      const row = rowOf(panel, 0);
      const rowFrom = max(row.rowFrom, chunk.rowFrom);
      const runs = min(row.rowTo, chunk.rowTo) - rowFrom;
      const floatFrom = max(row.floatFrom, chunk.floatFrom);
      const run = min(row.floatTo, chunk.floatTo) - floatFrom;
      if (runs <= 0 || run <= 0) continue;
      const offset: usize = (rowFrom * pitch + floatFrom) << 2;
      const skipped = (rowFrom - chunk.rowFrom) * width + floatFrom - chunk.floatFrom;
      const a = row.source + offset;
      const aligned = panel.kind == Kind.aligned;
      multiplyRows(
        a,
        aligned ? a + imageBytes : rowOf(panel, 1).source + offset,
        aligned ? a + 2 * imageBytes : rowOf(panel, 2).source + offset,
        aligned ? a + 3 * imageBytes : rowOf(panel, 3).source + offset,
        (<usize>run) << 2,
        runs,
        (<usize>(pitch - run)) << 2,
        b + <usize>skipped * PANEL_ROW_BYTES,
        <usize>(width - run) * PANEL_ROW_BYTES,
        sums,
      );
    }
  }
}

/** Rows of a mixed panel are copied with zeros where a tap lies outside: [row][chunk]. */
function copyMixedPanels(job: ConvolutionJob, chunk: Chunk, table: usize, panels: i32, to: usize): void {
  const width = chunk.floatTo - chunk.floatFrom;
  const depth = (chunk.rowTo - chunk.rowFrom) * width;
  const pitch = job.sourceWidth * job.sourceChannels;
  for (let p = 0; p < panels; p++) {
    const panel = panelAt(table, p);
    if (panel.kind != Kind.mixed) continue;
    let copy = to + <usize>p * (MAX_DEPTH * 16);
    clearFloats(copy, 4 * depth);
    for (let r = 0; r < 4; r++, copy += (<usize>depth) << 2) {
      const row = rowOf(panel, r);
      const from = max(row.floatFrom, chunk.floatFrom);
      const count = min(row.floatTo, chunk.floatTo) - from;
      if (count <= 0) continue;
      for (let y = max(row.rowFrom, chunk.rowFrom); y < min(row.rowTo, chunk.rowTo); y++) {
        const offset: usize = (y - chunk.rowFrom) * width + from - chunk.floatFrom;
        copyFloats(copy + (offset << 2), row.source + <usize>((y * pitch + from) << 2), count);
      }
    }
  }
}

/** Writes the finished block to the output, row by row. */
function storeBlock(job: ConvolutionJob, table: usize, panels: i32, firstColumn: i32, columns: i32, sums: usize): void {
  const imageBytes: usize = (job.destinationHeight * job.destinationWidth * job.destinationChannels) << 2;
  const columnBytes = <usize>panels * TILE_BYTES;
  const epilogue = epilogueAt(changetype<usize>(job) + offsetof<ConvolutionJob>('bias'));
  for (let p = 0; p < panels; p++) {
    const panel = panelAt(table, p);
    const aligned = panel.kind == Kind.aligned;
    for (let r = 0; r < 4; r++) {
      const row = rowOf(panel, aligned ? 0 : r);
      if (row.isStored == 0) continue;
      const to = row.destination + (aligned ? <usize>r * imageBytes : 0);
      const from = sums + <usize>p * TILE_BYTES + <usize>r * PANEL_ROW_BYTES;
      storeRow(from, to + <usize>(firstColumn << 2), firstColumn, columns, columnBytes, epilogue);
    }
  }
}
