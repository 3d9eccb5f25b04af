// A convolution with short sums, as over few channels. Some rows of the image are copied with zeros as padding, so that every position
// reads the same runs, one for each row of taps; its sums then go straight to memory.
import { PANEL_ROW_BYTES, columnsAt, rowsAt } from './blocking';
import { copyPaddedRows } from './copy-padded-rows';
import { epilogueAt } from './epilogue';
import { ConvolutionJob } from './jobs';
import { packStraight } from './pack-weights';
import { storeProducts } from './store-products';
import { clearFloats } from './vector';

/** Floats of an image copied at a time, if they hold a row of the output: they stay in the first-level cache. */
const MOST_FLOATS: i32 = 8192;

/** Computes some rows of the output (`panelsPerTile` of them, numbered across all images), at some columns. */
export function shortSumsTile(job: ConvolutionJob, tile: i32, scratch: usize): void {
  const firstColumn = (tile % job.columnTiles) * job.columnsPerTile;
  const columns = min(job.columnsPerTile, job.columns - firstColumn);
  const end = min(job.batch * job.gridHeight, (tile / job.columnTiles + 1) * job.panelsPerTile);
  const depth = job.tapRows * job.tapColumns * job.sourceChannels;
  packStraight(job.weights, job.columns, 0, depth, firstColumn, columns, columnsAt(scratch), <usize>depth * PANEL_ROW_BYTES);
  const pitch = copiedWidth(job) * job.sourceChannels;
  const most = min(min(job.panelsPerTile, job.gridHeight), max(1, (MOST_FLOATS / pitch - job.tapRows) / job.stepY + 1));
  clearFloats(rowsAt(scratch), ((most - 1) * job.stepY + job.tapRows) * pitch);
  for (let row = (tile / job.columnTiles) * job.panelsPerTile; row < end;) {
    const gridY = row % job.gridHeight;
    const rows = min(most, min(end - row, job.gridHeight - gridY));
    const rowFloats = job.sourceWidth * job.sourceChannels;
    copyPaddedRows(
      job.source + ((<usize>((row / job.gridHeight) * job.sourceHeight * rowFloats)) << 2),
      job.sourceHeight,
      rowFloats,
      gridY * job.stepY + job.originY,
      (rows - 1) * job.stepY + job.tapRows,
      -job.originX * job.sourceChannels,
      pitch,
      rowsAt(scratch),
    );
    for (let i = 0; i < rows; i++) storeOutputRow(job, row + i, i * job.stepY * pitch, firstColumn, columns, scratch);
    row += rows;
  }
}

/** Pixels of an image row that the positions of an output row read, with padding. */
function copiedWidth(job: ConvolutionJob): i32 {
  return (job.gridWidth - 1) * job.stepX + job.tapColumns;
}

/** Computes a row of the output from the copied rows, from the float `from` on. */
function storeOutputRow(job: ConvolutionJob, row: i32, from: i32, firstColumn: i32, columns: i32, scratch: usize): void {
  const run = job.tapColumns * job.sourceChannels;
  storeProducts(
    rowsAt(scratch) + ((<usize>from) << 2),
    (<usize>(job.stepX * job.sourceChannels)) << 2,
    job.gridWidth,
    true,
    run,
    job.tapRows,
    (<usize>(copiedWidth(job) * job.sourceChannels - run)) << 2,
    columnsAt(scratch),
    firstColumn,
    columns,
    epilogueAt(changetype<usize>(job) + offsetof<ConvolutionJob>('bias')),
    job.destination + ((<usize>row * job.gridWidth * job.columns + firstColumn) << 2),
    (<usize>job.columns) << 2,
    scratch,
  );
}
