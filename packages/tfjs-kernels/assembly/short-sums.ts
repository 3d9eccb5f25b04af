// A convolution with short sums, as over few channels. Some rows of the source are copied with zeros as padding, so that every position
// reads the same runs, one for each row of taps; its sums then go straight to memory. Those of blocks of pixels go through a buffer.
import { columnsAt, rowsAt, sumsAt } from './blocking';
import { copyPaddedRows } from './copy-padded-rows';
import { epilogueAt } from './epilogue';
import { ConvolutionJob } from './jobs';
import { packWeights } from './pack-weights';
import { storeProducts } from './store-products';
import { clearFloats, copyFloats } from './vector';

/** Floats of the source copied at a time, if they hold a row of positions: they stay in the first-level cache. */
const MOST_FLOATS: i32 = 16384;

/** Computes some rows of positions (`panelsPerTile` of them, numbered across all images), at some columns. */
export function shortSumsTile(job: ConvolutionJob, tile: i32, scratch: usize): void {
  const firstColumn = (tile % job.columnTiles) * job.columnsPerTile;
  const columns = min(job.columnsPerTile, job.columns - firstColumn);
  const end = min(job.batch * job.gridHeight, (tile / job.columnTiles + 1) * job.panelsPerTile);
  const run = job.tapColumns * job.sourceChannels;
  packWeights(job, 0, job.tapRows, 0, run, firstColumn, columns, columnsAt(scratch));
  const pitch = copiedPitch(job);
  const most = min(min(job.panelsPerTile, job.gridHeight), max(1, (MOST_FLOATS / pitch - job.tapRows) / job.stepY + 1));
  clearFloats(rowsAt(scratch), ((most - 1) * job.stepY + job.tapRows) * pitch);
  for (let row = (tile / job.columnTiles) * job.panelsPerTile; row < end;) {
    const image = row / job.gridHeight;
    const gridY = row % job.gridHeight;
    const rows = min(most, min(end - row, job.gridHeight - gridY));
    copyPaddedRows(
      job.source + ((<usize>(image * job.sourceHeight * job.sourceWidth * job.sourceChannels)) << 2),
      job.sourceHeight,
      job.sourceWidth * job.sourceChannels,
      gridY * job.stepY + job.originY,
      (rows - 1) * job.stepY + job.tapRows,
      -job.originX * job.sourceChannels,
      pitch,
      rowsAt(scratch),
    );
    for (let i = 0; i < rows; i++) {
      const from = rowsAt(scratch) + ((<usize>(i * job.stepY * pitch)) << 2);
      storePositions(job, image, gridY + i, from, firstColumn, columns, scratch);
    }
    row += rows;
  }
}

/** Floats of a source row that the positions of a row read, with padding. */
function copiedPitch(job: ConvolutionJob): i32 {
  return ((job.gridWidth - 1) * job.stepX + job.tapColumns) * job.sourceChannels;
}

/** Computes a row of positions from the copied rows that begin at `from`. */
function storePositions(
  job: ConvolutionJob,
  image: i32,
  gridY: i32,
  from: usize,
  firstColumn: i32,
  columns: i32,
  scratch: usize,
): void {
  const run = job.tapColumns * job.sourceChannels;
  const isBlock = job.columns > job.destinationChannels;
  const outY = gridY * job.destinationStepY + job.destinationOffsetY;
  const pixel = (image * job.destinationHeight + outY) * job.destinationWidth + job.destinationOffsetX;
  const to = job.destination + ((<usize>(pixel * job.destinationChannels + firstColumn)) << 2);
  storeProducts(
    from,
    (<usize>(job.stepX * job.sourceChannels)) << 2,
    job.gridWidth,
    true,
    run,
    job.tapRows,
    (<usize>(copiedPitch(job) - run)) << 2,
    columnsAt(scratch),
    firstColumn,
    columns,
    epilogueAt(changetype<usize>(job) + offsetof<ConvolutionJob>('bias')),
    isBlock ? sumsAt(scratch) : to,
    (<usize>(isBlock ? columns : job.destinationStepX * job.destinationChannels)) << 2,
    isBlock,
    scratch,
  );
  if (isBlock) copyBlocks(job, sumsAt(scratch), to, min(job.groups, job.destinationHeight - outY));
}

/** Copies a row of blocks [position][row][pixel, channel] to `rows` rows of the destination. */
function copyBlocks(job: ConvolutionJob, from: usize, to: usize, rows: i32): void {
  const step = job.destinationStepX * job.destinationChannels;
  const rowFloats = (job.destinationWidth - job.destinationOffsetX) * job.destinationChannels;
  const pitch = (<usize>(job.destinationWidth * job.destinationChannels)) << 2;
  if (job.columns == step) return copyFloats(to, from, min(job.gridWidth * step, rowFloats));
  for (let first = 0; first < job.gridWidth * step; first += step, to += (<usize>step) << 2) {
    const floats = min(job.groupColumns, rowFloats - first);
    for (let row = 0; row < job.groups; row++, from += (<usize>job.groupColumns) << 2) {
      if (row < rows) copyFloats(to + <usize>row * pitch, from, floats);
    }
  }
}
