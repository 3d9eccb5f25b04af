// A convolution with short sums, as over few channels. Rows of the image are copied so that each position reads one run,
// [column][row of taps][channel], with zeros as padding; its sums then go straight to memory.
import { PANEL_ROW_BYTES, columnsAt, rowsAt } from './blocking';
import { epilogueAt } from './epilogue';
import { ConvolutionJob } from './jobs';
import { packStraight, tapAt } from './pack-weights';
import { storeProducts } from './store-products';
import { clearFloats, copyFloats } from './vector';

/** Computes some rows of the output (`panelsPerTile` of them, numbered across all images), at some columns. */
export function shortSumsTile(job: ConvolutionJob, tile: i32, scratch: usize): void {
  const firstColumn = (tile % job.columnTiles) * job.columnsPerTile;
  const columns = min(job.columnsPerTile, job.columns - firstColumn);
  const first = (tile / job.columnTiles) * job.panelsPerTile;
  const end = min(job.batch * job.gridHeight, first + job.panelsPerTile);
  const pixelFloats = job.tapRows * job.sourceChannels;
  const depth = job.tapColumns * pixelFloats;
  const epilogue = epilogueAt(changetype<usize>(job) + offsetof<ConvolutionJob>('bias'));
  const pitch = (<usize>job.columns) << 2;
  packTaps(job, firstColumn, columns, depth, columnsAt(scratch));
  for (let row = first; row < end; row++) {
    copyRows(job, row / job.gridHeight, row % job.gridHeight, rowsAt(scratch));
    const to = job.destination + ((<usize>row * job.gridWidth * job.columns + firstColumn) << 2);
    const step = (<usize>(job.stepX * pixelFloats)) << 2;
    storeProducts(
      rowsAt(scratch),
      step,
      job.gridWidth,
      true,
      depth,
      columnsAt(scratch),
      firstColumn,
      columns,
      epilogue,
      to,
      pitch,
      scratch,
    );
  }
}

/** The weights in the order of a position's run. */
function packTaps(job: ConvolutionJob, firstColumn: i32, columns: i32, depth: i32, packed: usize): void {
  const channels = job.sourceChannels;
  for (let x = 0; x < job.tapColumns; x++) {
    for (let y = 0; y < job.tapRows; y++) {
      const to = packed + <usize>((x * job.tapRows + y) * channels) * PANEL_ROW_BYTES;
      packStraight(tapAt(job, y, x), job.columns, 0, channels, firstColumn, columns, to, <usize>depth * PANEL_ROW_BYTES);
    }
  }
}

/** The rows of an image that one row of the output reads: [column][row of taps][channel], from the first tap of the first position on. */
function copyRows(job: ConvolutionJob, image: i32, gridY: i32, to: usize): void {
  const channels = job.sourceChannels;
  const pixelFloats = job.tapRows * channels;
  const width = (job.gridWidth - 1) * job.stepX + job.tapColumns;
  const from = max(0, -job.originX);
  const end = min(width, job.sourceWidth - job.originX);
  clearFloats(to, width * pixelFloats);
  for (let tap = 0; tap < job.tapRows; tap++) {
    const y = gridY * job.stepY + job.originY + tap;
    if (y < 0 || y >= job.sourceHeight) continue;
    let source =
      job.source + ((<usize>(((image * job.sourceHeight + y) * job.sourceWidth + job.originX + from) * channels)) << 2);
    let target = to + ((<usize>(from * pixelFloats + tap * channels)) << 2);
    for (let x = from; x < end; x++, source += (<usize>channels) << 2, target += (<usize>pixelFloats) << 2) {
      if (channels == 1) store<f32>(target, load<f32>(source));
      else copyFloats(target, source, channels);
    }
  }
}
