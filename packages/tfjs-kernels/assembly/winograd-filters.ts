// Filters at the points, [column panel][plane][channel][TILE_COLUMNS], for WINOGRAD_DEPTH channels at a time. Columns that don't exist are
// left unset, since their sums are not stored.
import { PANEL_ROW_BYTES, TILE_COLUMNS, WINOGRAD_DEPTH, tableAt, winogradFiltersAt } from './blocking';
import { WinogradProductJob } from './jobs';
import { ceilDiv, storeTransposed } from './vector';
import { LINES, POINTS, planesOf, planesPerPoint, planesPerRow } from './winograd-planes';
import { CHANNELS, VECTOR, transformTaps } from './winograd-transforms';

const LINE_BYTES: usize = <usize>LINES * VECTOR;
/** Space between planes, so that they don't all fall into the same set of the cache. */
const PAD_BYTES: usize = 64;

/** Bytes of a plane of `depth` channels. */
export function filterPlaneBytes(depth: i32): usize {
  return <usize>depth * PANEL_ROW_BYTES + PAD_BYTES;
}

/** Transforms some channels of one panel of columns, for all tiles of the product. */
export function winogradFiltersTile(job: WinogradProductJob, tile: i32, scratch: usize): void {
  const columnPanels = ceilDiv(job.columns, TILE_COLUMNS);
  const channel = (tile / columnPanels) * WINOGRAD_DEPTH;
  const column = (tile % columnPanels) * TILE_COLUMNS;
  const depth = min(WINOGRAD_DEPTH, job.sourceChannels - channel);
  transformFilters(
    job,
    channel,
    depth,
    column,
    min(TILE_COLUMNS, job.columns - column),
    filtersAt(job, channel, column),
    tableAt(scratch),
  );
}

/** The filters of a tile's columns, from `channel` on: transformed beforehand, or now. */
export function filtersOf(
  job: WinogradProductJob,
  channel: i32,
  depth: i32,
  firstColumn: i32,
  columns: i32,
  scratch: usize,
): usize {
  if (job.filters) return filtersAt(job, channel, firstColumn);
  transformFilters(job, channel, depth, firstColumn, columns, winogradFiltersAt(scratch), tableAt(scratch));
  return winogradFiltersAt(scratch);
}

/** Where all filters are transformed: each WINOGRAD_DEPTH channels of all columns, one after another. */
function filtersAt(job: WinogradProductJob, channel: i32, column: i32): usize {
  const planes = <usize>planesOf(job.phases);
  const columnPanels = <usize>ceilDiv(job.columns, TILE_COLUMNS);
  const ofChannels = <usize>(channel / WINOGRAD_DEPTH) * columnPanels * planes * filterPlaneBytes(WINOGRAD_DEPTH);
  const depth = min(WINOGRAD_DEPTH, job.sourceChannels - channel);
  return job.filters + ofChannels + <usize>(column / TILE_COLUMNS) * planes * filterPlaneBytes(depth);
}

function transformFilters(
  job: WinogradProductJob,
  channel: i32,
  depth: i32,
  firstColumn: i32,
  columns: i32,
  filters: usize,
  table: usize,
): void {
  const panelBytes = <usize>planesOf(job.phases) * filterPlaneBytes(depth);
  for (let n = 0; n < columns; n += CHANNELS) {
    const to = filters + <usize>(n / TILE_COLUMNS) * panelBytes + <usize>((n % TILE_COLUMNS) << 2);
    if (job.isInputGradient) transformReversed(job, channel, depth, firstColumn + n, to, table);
    else transformStraight(job, channel, depth, firstColumn + n, to, table);
  }
}

/** CHANNELS columns of the weights [tap][depth][column]. */
function transformStraight(job: WinogradProductJob, channel: i32, depth: i32, column: i32, to: usize, table: usize): void {
  const tap: usize = (<usize>(job.sourceChannels * job.columns)) << 2;
  const row = <usize>(2 * job.phases + 1) * tap;
  let from: usize = job.weights + ((<usize>(channel * job.columns + column)) << 2);
  for (let k = 0; k < depth; k++, from += (<usize>job.columns) << 2, to += PANEL_ROW_BYTES) {
    transformFilter(job.phases, from, row, tap, to, filterPlaneBytes(depth), table);
  }
}

/** CHANNELS columns of the weights [tap][column][depth], the taps in reverse. */
function transformReversed(job: WinogradProductJob, channel: i32, depth: i32, column: i32, to: usize, table: usize): void {
  const rowTaps = 2 * job.phases + 1;
  const taps = rowTaps * rowTaps;
  const pitch: usize = (<usize>job.sourceChannels) << 2;
  const tap = <usize>job.columns * pitch;
  const transposed = table + 5 * LINE_BYTES;
  const last = transposed + <usize>(taps - 1) * 4 * VECTOR;
  const backwards = <usize>(-4 * <i32>VECTOR);
  for (let k = 0; k < depth; k += 4) {
    let from: usize = job.weights + <usize>column * pitch + ((<usize>(channel + k)) << 2);
    for (let t = 0; t < taps; t++, from += tap) {
      const rows = transposed + <usize>t * 4 * VECTOR;
      let first = from;
      for (let n: usize = 0; n < VECTOR; n += 16, first += 4 * pitch) {
        const row = first + pitch;
        storeTransposed(v128.load(first), v128.load(row), v128.load(row + pitch), v128.load(row + 2 * pitch), rows + n, VECTOR);
      }
    }
    for (let i: usize = 0; i < 4; i++, to += PANEL_ROW_BYTES) {
      transformFilter(job.phases, last + i * VECTOR, <usize>rowTaps * backwards, backwards, to, filterPlaneBytes(depth), table);
    }
  }
}

/**
 * Transforms a filter of taps × taps vectors to its values at the points, one for each plane. `from` is the first tap; steps are bytes,
 * negative where the taps are met in reverse.
 */
function transformFilter(
  phases: i32,
  from: usize,
  rowStep: usize,
  step: usize,
  to: usize,
  planeBytes: usize,
  table: usize,
): void {
  let line = table;
  for (let row = 0; row < 2 * phases + 1; row++, from += rowStep, line += LINE_BYTES) {
    transformTaps(from, <usize>phases * step, line, VECTOR, line + <usize>(POINTS - 1) * VECTOR);
    if (phases == 2) transformTaps(from + step, 2 * step, line + <usize>POINTS * VECTOR, VECTOR, 0);
  }
  const planesStep: usize = <usize>planesPerRow(phases) * planeBytes;
  const lineStep = <usize>phases * LINE_BYTES;
  for (let phase = 0; phase < phases; phase++, to += planeBytes) {
    let first = to;
    for (let point = 0; point < POINTS - phase; point++, table += VECTOR, first += <usize>planesPerPoint(phases) * planeBytes) {
      transformTaps(table, lineStep, first, planesStep, first + <usize>(POINTS - 1) * planesStep);
      if (phases == 2) transformTaps(table + LINE_BYTES, lineStep, first + 2 * planeBytes, planesStep, 0);
    }
  }
}
