// A convolution with short sums, as over few channels. Some rows of the source are copied with zeros as padding, so that every position
// reads the same runs, one for each row of taps; its sums then go straight to memory. Those of blocks of pixels go through a buffer.
import { columnsAt, rowsAt, sumsAt, tableAt } from './blocking';
import { copyPaddedRows } from './copy-padded-rows';
import { epilogueAt } from './epilogue';
import { ConvolutionJob, Epilogue } from './jobs';
import { packWeights } from './pack-weights';
import { storeProducts } from './store-products';
import { clearFloats, copyFloats } from './vector';

/** Where the table holds a repeated epilogue, beyond what products need there. */
const REPEATED_AT: usize = 4096;
/** Floats of the source copied at a time, if they hold a row of positions: they stay in the first-level cache. */
const MOST_FLOATS: i32 = 16384;

/** Computes some rows of positions (`panelsPerTile` of them, numbered across all images), at some columns. */
export function shortSumsTile(job: ConvolutionJob, tile: i32, scratch: usize): void {
  const firstColumn = (tile % job.columnTiles) * job.columnsPerTile;
  const columns = min(job.columnsPerTile, job.columns - firstColumn);
  const end = min(job.batch * job.gridHeight, (tile / job.columnTiles + 1) * job.panelsPerTile);
  const run = job.tapColumns * job.sourceChannels;
  packWeights(job, 0, job.tapRows, 0, run, firstColumn, columns, columnsAt(scratch));
  const epilogue = epilogueOf(job, scratch);
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
      storePositions(job, image, gridY + i, from, firstColumn, columns, epilogue, scratch);
    }
    row += rows;
  }
}

/** Floats of a source row that the positions of a row read, with padding. */
function copiedPitch(job: ConvolutionJob): i32 {
  return ((job.gridWidth - 1) * job.stepX + job.tapColumns) * job.sourceChannels;
}

function hasBlocks(job: ConvolutionJob): bool {
  return job.columns > job.destinationChannels;
}

/** The job's epilogue, with the channels' bias and slopes repeated for each pixel of a block. */
function epilogueOf(job: ConvolutionJob, scratch: usize): Epilogue {
  const epilogue = epilogueAt(changetype<usize>(job) + offsetof<ConvolutionJob>('bias'));
  if (!hasBlocks(job)) return epilogue;
  const table = tableAt(scratch) + REPEATED_AT;
  const repeated = epilogueAt(table);
  const bias = table + offsetof<Epilogue>();
  const slopes = bias + ((<usize>job.columns) << 2);
  repeated.activation = epilogue.activation;
  repeated.alpha = epilogue.alpha;
  repeated.bias = repeat(epilogue.bias, job, bias);
  repeated.slopes = repeat(epilogue.slopes, job, slopes);
  return repeated;
}

/** Repeats a float per channel for each pixel; 0 stays 0. */
function repeat(from: usize, job: ConvolutionJob, to: usize): usize {
  if (from == 0) return 0;
  for (let n = 0; n < job.columns; n++) {
    store<f32>(to + ((<usize>n) << 2), load<f32>(from + ((<usize>(n % job.destinationChannels)) << 2)));
  }
  return to;
}

/** Computes a row of positions from the copied rows that begin at `from`. */
function storePositions(
  job: ConvolutionJob,
  image: i32,
  gridY: i32,
  from: usize,
  firstColumn: i32,
  columns: i32,
  epilogue: Epilogue,
  scratch: usize,
): void {
  const run = job.tapColumns * job.sourceChannels;
  const isBlock = hasBlocks(job);
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
    epilogue,
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
  const groupBytes = (<usize>job.groupColumns) << 2;
  if (job.groups == 1 && job.groupColumns == step) return copyFloats(to, from, min(job.gridWidth * step, rowFloats));
  for (let row = 0; row < rows; row++, from += groupBytes, to += (<usize>(job.destinationWidth * job.destinationChannels)) << 2) {
    let source = from;
    let target = to;
    for (let left = rowFloats; left > 0; left -= step, source += (<usize>job.columns) << 2, target += (<usize>step) << 2) {
      if (job.groupColumns == 4 && left >= 4) v128.store(target, v128.load(source));
      else copyFloats(target, source, min(job.groupColumns, left));
    }
  }
}
