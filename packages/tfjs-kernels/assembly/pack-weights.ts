import { PANEL_ROW_BYTES, TILE_COLUMNS } from './blocking';
import { ConvolutionJob } from './jobs';
import { ceilDiv, clearFloats, copyFloats, storeTransposed } from './vector';

/**
 * Packs the weights of a chunk of taps into panels of TILE_COLUMNS columns: [panel][depth][TILE_COLUMNS], zeros in the columns that
 * don't exist. The depth runs over the rows of taps, then over the floats [floatFrom, floatTo) of a row of taps.
 */
export function packWeights(
  job: ConvolutionJob,
  rowFrom: i32,
  rowTo: i32,
  floatFrom: i32,
  floatTo: i32,
  firstColumn: i32,
  columns: i32,
  packed: usize,
): void {
  const channels = job.sourceChannels;
  const panelBytes = <usize>((rowTo - rowFrom) * (floatTo - floatFrom)) * PANEL_ROW_BYTES;
  let to = packed;
  for (let y = rowFrom; y < rowTo; y++) {
    for (let j = floatFrom; j < floatTo;) {
      const tap = j / channels;
      const channel = j - tap * channels;
      const count = min(floatTo, (tap + 1) * channels) - j;
      const weights = tapAt(job, job.firstTapY + y * job.tapStepY, job.firstTapX + tap * job.tapStepX);
      if (job.columns > job.destinationChannels) packBlock(job, y, tap, channel, count, to);
      else if (job.transposed) packTransposed(weights, channels, channel, count, firstColumn, columns, to, panelBytes);
      else packStraight(weights, job.columns, channel, count, firstColumn, columns, to, panelBytes);
      to += <usize>count * PANEL_ROW_BYTES;
      j += count;
    }
  }
}

/** Address of a tap's weights. */
export function tapAt(job: ConvolutionJob, y: i32, x: i32): usize {
  return job.weights + ((<usize>((y * job.filterWidth + x) * job.sourceChannels * job.destinationChannels)) << 2);
}

/**
 * The same where the columns are the channels of a block of pixels, which fit one panel: zeros where no tap joins a pixel of the block
 * and the source pixel (y, x).
 */
function packBlock(job: ConvolutionJob, y: i32, x: i32, channel: i32, count: i32, packed: usize): void {
  const channels = job.destinationChannels;
  const width = job.groupColumns / channels;
  const channelStep: usize = job.transposed ? 4 : (<usize>channels) << 2;
  const columnStep: usize = job.transposed ? (<usize>job.sourceChannels) << 2 : 4;
  clearFloats(packed, count * TILE_COLUMNS);
  for (let pixel = 0; pixel < job.groups * width; pixel++) {
    const tapY = job.firstTapY + (pixel / width) * job.pixelTapStepY + y * job.tapStepY;
    const tapX = job.firstTapX + (pixel % width) * job.pixelTapStepX + x * job.tapStepX;
    if (tapY < 0 || tapY >= job.filterHeight || tapX < 0 || tapX >= job.filterWidth) continue;
    let from = tapAt(job, tapY, tapX) + <usize>channel * channelStep;
    let to = packed + ((<usize>(pixel * channels)) << 2);
    for (let c = 0; c < channels; c++, from += columnStep, to += 4) {
      for (let k = 0; k < count; k++) store<f32>(to + <usize>k * PANEL_ROW_BYTES, load<f32>(from + <usize>k * channelStep));
    }
  }
}

/** Rows [channel, channel + count) of weights [channel][column], rows `pitch` floats apart. */
export function packStraight(
  weights: usize,
  pitch: i32,
  channel: i32,
  count: i32,
  firstColumn: i32,
  columns: i32,
  packed: usize,
  panelBytes: usize,
): void {
  const full = columns / TILE_COLUMNS;
  const rest = columns % TILE_COLUMNS;
  let row = weights + ((<usize>(channel * pitch + firstColumn)) << 2);
  for (let k = 0; k < count; k++, row += (<usize>pitch) << 2) {
    let to = packed + <usize>k * PANEL_ROW_BYTES;
    let from = row;
    for (let panel = 0; panel < full; panel++, to += panelBytes, from += PANEL_ROW_BYTES) {
      v128.store(to, v128.load(from));
      v128.store(to, v128.load(from, 16), 16);
      if (TILE_COLUMNS == 16) {
        v128.store(to, v128.load(from, 32), 32);
        v128.store(to, v128.load(from, 48), 48);
      }
    }
    if (rest) {
      copyFloats(to, from, rest);
      for (let n = rest; n < TILE_COLUMNS; n++) store<f32>(to + ((<usize>n) << 2), 0);
    }
  }
}

/** The same of weights [column][channel]. */
export function packTransposed(
  weights: usize,
  pitch: i32,
  channel: i32,
  count: i32,
  firstColumn: i32,
  columns: i32,
  packed: usize,
  panelBytes: usize,
): void {
  const panels = ceilDiv(columns, TILE_COLUMNS);
  const pitchBytes = (<usize>pitch) << 2;
  for (let panel = 0; panel < panels; panel++) {
    const column = firstColumn + panel * TILE_COLUMNS;
    const present = min(TILE_COLUMNS, columns - panel * TILE_COLUMNS);
    const from = weights + ((<usize>(column * pitch + channel)) << 2);
    const to = packed + <usize>panel * panelBytes;
    const vectorColumns = present & ~3;
    const vectorCount = count & ~3;
    for (let n = 0; n < vectorColumns; n += 4) {
      let source = from + <usize>n * pitchBytes;
      let target = to + ((<usize>n) << 2);
      for (let k = 0; k < vectorCount; k += 4, source += 16, target += 4 * PANEL_ROW_BYTES) {
        storeTransposed(
          v128.load(source),
          v128.load(source + pitchBytes),
          v128.load(source + 2 * pitchBytes),
          v128.load(source + 3 * pitchBytes),
          target,
          PANEL_ROW_BYTES,
        );
      }
    }
    for (let k = 0; k < count; k++) {
      const start = k < vectorCount ? vectorColumns : 0;
      for (let n = start; n < TILE_COLUMNS; n++) {
        const value: f32 = n < present ? load<f32>(from + <usize>n * pitchBytes + ((<usize>k) << 2)) : 0;
        store<f32>(to + <usize>k * PANEL_ROW_BYTES + ((<usize>n) << 2), value);
      }
    }
  }
}
