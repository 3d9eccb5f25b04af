import type { backend_util } from '@tensorflow/tfjs-core';
import { NO_EPILOGUE } from './epilogue';
import type { EpilogueFields } from './epilogue';
import type { Heap, JobOf } from './heap';
import type { ConvolutionJob } from './generated/job-fields';
import type { KernelContext } from './context';

type Info = backend_util.Conv2DInfo;
type Job = JobOf<typeof ConvolutionJob>;

/** Limits of the WebAssembly modules that a plan must respect. */
interface Limits {
  tileColumns: number;
  maxPanels: number;
  maxColumns: number;
  threads: number;
}

export function limitsOf({ pool }: KernelContext): Limits {
  const { exports, threads } = pool;
  return { tileColumns: exports.tileColumns(), maxPanels: exports.maxPanels(), maxColumns: exports.maxColumns(), threads };
}

/** The job of a forward pass: x [B, H, W, Ci] and weights [kh, kw, Ci, Co] give y. */
export function forwardJob(
  info: Info,
  x: number,
  weights: number,
  y: number,
  limits: Limits,
  epilogue: EpilogueFields = NO_EPILOGUE,
): Job {
  const tapFloats = info.inChannels * info.outChannels;
  return withTiles(
    {
      ...{ source: x, destination: y, weights, batch: info.batchSize },
      ...{ sourceHeight: info.inHeight, sourceWidth: info.inWidth, sourceChannels: info.inChannels },
      ...{ gridHeight: info.outHeight, gridWidth: info.outWidth, stepY: info.strideHeight, stepX: info.strideWidth },
      ...{ originY: -info.padInfo.top, originX: -info.padInfo.left },
      ...{ tapRows: info.filterHeight, tapColumns: info.filterWidth },
      ...{ tapStepY: info.filterWidth * tapFloats, tapStepX: tapFloats, transposed: 0 },
      ...{ columns: info.outChannels, groups: 1, groupColumns: info.outChannels },
      ...{ destinationHeight: info.outHeight, destinationWidth: info.outWidth, destinationChannels: info.outChannels },
      ...{ destinationStepY: 1, destinationStepX: 1, destinationOffsetY: 0, destinationOffsetX: 0, ...epilogue },
    },
    limits,
  );
}

/** One axis of a strided convolution. */
interface Axis {
  size: number;
  stride: number;
  filter: number;
  pad: number;
}

/**
 * Inputs along one axis that are computed in the same way: `length` neighbours from `offset` on, repeated every `step`. They meet `taps`
 * outputs, beginning with `origin` for the first of them.
 */
interface Lane {
  offset: number;
  length: number;
  step: number;
  origin: number;
  taps: number;
  /** The filter's tap between an input of the block and one of those outputs; -1 if there is none. */
  tapOf(input: number, output: number): number;
}

function lane({ stride, filter, pad }: Axis, offset: number, length: number): Lane {
  const origin = Math.ceil((offset + pad - filter + 1) / stride);
  const taps = Math.floor((offset + length - 1 + pad) / stride) - origin + 1;
  const tapOf = (input: number, output: number): number => {
    const tap = offset + input + pad - stride * (origin + output);
    return tap >= 0 && tap < filter ? tap : -1;
  };
  return { offset, length, step: Math.max(length, stride), origin, taps, tapOf };
}

/** Ways to cut an axis into lanes: one lane per phase of the stride, or one of blocks. */
const cuts = (axis: Axis, blocks: number[]): Lane[][] => [
  Array.from({ length: Math.min(axis.stride, axis.size) }, (_, phase) => lane(axis, phase, 1)),
  ...blocks.map((strides) => [lane(axis, 0, strides * axis.stride)]),
];

/** The overhead of a panel, in products of its depth. */
const PANEL_OVERHEAD = 40;

/** The lanes along both axes that take the fewest products, including those that a register tile computes for nothing. */
function bestLanes(info: Info, tileColumns: number): { y: Lane[]; x: Lane[] } {
  const yAxis = { size: info.inHeight, stride: info.strideHeight, filter: info.filterHeight, pad: info.padInfo.top };
  const xAxis = { size: info.inWidth, stride: info.strideWidth, filter: info.filterWidth, pad: info.padInfo.left };
  let best = { y: cuts(yAxis, [])[0], x: cuts(xAxis, [])[0], cost: Infinity };
  for (const y of cuts(yAxis, [1, 2])) {
    for (const x of cuts(xAxis, [1, 2, 4])) {
      const cost = costOf(info, y, x, tileColumns);
      if (cost < best.cost) best = { y, x, cost };
    }
  }
  return best;
}

function costOf(info: Info, y: Lane[], x: Lane[], tileColumns: number): number {
  let cost = 0;
  for (const row of y) {
    for (const column of x) {
      const pixels = row.length * column.length;
      const columns = pixels * info.inChannels;
      if (pixels > 1 && columns > tileColumns) return Infinity;
      const padded = Math.ceil(columns / tileColumns) * tileColumns;
      cost += ((row.taps * column.taps * info.outChannels + PANEL_OVERHEAD) * padded) / (row.step * column.step);
    }
  }
  return cost;
}

/**
 * The jobs of an input gradient: dy [B, OH, OW, Co] and weights [kh, kw, Ci, Co] give dx [B, H, W, Ci]. With a stride, inputs of one
 * phase (row and column modulo the stride) see the same taps, a dense convolution over dy: one job per phase. Few input channels
 * would leave most columns of a register tile empty; then one job computes a block of neighbouring inputs as its columns.
 */
export function inputGradientJobs(info: Info, dy: number, weights: number, dx: number, limits: Limits, heap: Heap): Job[] {
  const { y, x } = bestLanes(info, limits.tileColumns);
  const pairs = y.flatMap((row) => x.map((column) => ({ row, column })));
  const floats = pairs.map(({ row, column }) => expandedFloats(info, row, column));
  let expanded = heap.workspace(floats.reduce((a, b) => a + b) * 4);
  return pairs.map(({ row, column }, index) => {
    const isBlock = row.length * column.length > 1;
    if (isBlock) expandWeights(info, weights, expanded, row, column, heap);
    const job = laneJob(
      info,
      dy,
      dx,
      row,
      column,
      isBlock ? expandedWeights(info, expanded, row, column) : phaseWeights(info, weights, row, column),
    );
    expanded += floats[index] * 4;
    return withTiles(job, limits);
  });
}

type WeightFields = Pick<Job, 'weights' | 'tapStepY' | 'tapStepX'>;

/** Weights read in place: the phase's taps from the last to the first, so that the outputs they meet ascend. */
function phaseWeights(info: Info, weights: number, row: Lane, column: Lane): WeightFields {
  const tapFloats = info.inChannels * info.outChannels;
  const firstTap = row.taps * column.taps > 0 ? row.tapOf(0, 0) * info.filterWidth + column.tapOf(0, 0) : 0;
  const tapStepY = -info.strideHeight * info.filterWidth * tapFloats;
  return { weights: weights + firstTap * tapFloats * 4, tapStepY, tapStepX: -info.strideWidth * tapFloats };
}

function expandedWeights(info: Info, expanded: number, row: Lane, column: Lane): WeightFields {
  const tapFloats = row.length * column.length * info.inChannels * info.outChannels;
  return { weights: expanded, tapStepY: column.taps * tapFloats, tapStepX: tapFloats };
}

function laneJob(info: Info, dy: number, dx: number, row: Lane, column: Lane, weightFields: WeightFields) {
  const groupColumns = column.length * info.inChannels;
  return {
    ...{ source: dy, destination: dx, batch: info.batchSize, transposed: 1, ...weightFields },
    ...{ sourceHeight: info.outHeight, sourceWidth: info.outWidth, sourceChannels: info.outChannels },
    ...{ gridHeight: Math.ceil((info.inHeight - row.offset) / row.step) },
    ...{ gridWidth: Math.ceil((info.inWidth - column.offset) / column.step) },
    ...{ stepY: row.step / info.strideHeight, stepX: column.step / info.strideWidth },
    ...{ originY: row.origin, originX: column.origin, tapRows: row.taps, tapColumns: column.taps },
    ...{ columns: row.length * groupColumns, groups: row.length, groupColumns },
    ...{ destinationHeight: info.inHeight, destinationWidth: info.inWidth, destinationChannels: info.inChannels },
    ...{ destinationStepY: row.step, destinationStepX: column.step },
    ...{ destinationOffsetY: row.offset, destinationOffsetX: column.offset, ...NO_EPILOGUE },
  };
}

/** Number of floats of the weights written out for a block; 0 for a phase. */
function expandedFloats(info: Info, row: Lane, column: Lane): number {
  const pixels = row.length * column.length;
  return pixels > 1 ? row.taps * column.taps * pixels * info.inChannels * info.outChannels : 0;
}

/** Weights between every pixel of a block and every output it may meet, zero where no tap joins them: [tap][pixel, Ci][Co]. */
function expandWeights(info: Info, weights: number, expanded: number, row: Lane, column: Lane, heap: Heap): void {
  const pixels = row.length * column.length;
  const pixelFloats = info.inChannels * info.outChannels;
  const from = heap.floats(weights, info.filterHeight * info.filterWidth * pixelFloats);
  const to = heap.floats(expanded, expandedFloats(info, row, column)).fill(0);
  for (let tap = 0; tap < row.taps * column.taps; tap++) {
    for (let pixel = 0; pixel < pixels; pixel++) {
      const tapY = row.tapOf(Math.floor(pixel / column.length), Math.floor(tap / column.taps));
      const tapX = column.tapOf(pixel % column.length, tap % column.taps);
      if (tapY < 0 || tapX < 0) continue;
      const start = (tapY * info.filterWidth + tapX) * pixelFloats;
      to.set(from.subarray(start, start + pixelFloats), (tap * pixels + pixel) * pixelFloats);
    }
  }
}

/** Cuts a job into tiles as large as the caches allow, but several for each thread. */
function withTiles(job: Omit<Job, 'tiles' | 'columnTiles' | 'panelsPerTile' | 'columnsPerTile'>, limits: Limits): Job {
  const positions = job.gridHeight * job.gridWidth;
  const panels = positions * (job.batch >> 2) + Math.ceil((positions * (job.batch & 3)) / 4);
  const wanted = Math.max(8, 8 * limits.threads);
  let columnsPerTile = Math.min(limits.maxColumns, Math.ceil(job.columns / limits.tileColumns) * limits.tileColumns);
  let panelsPerTile = limits.maxPanels;
  const tiles = (): number => Math.ceil(panels / panelsPerTile) * Math.ceil(job.columns / columnsPerTile);
  while (tiles() < wanted && columnsPerTile % (2 * limits.tileColumns) === 0) columnsPerTile /= 2;
  while (tiles() < wanted && panelsPerTile > 4) panelsPerTile /= 2;
  return { ...job, tiles: tiles(), columnTiles: Math.ceil(job.columns / columnsPerTile), panelsPerTile, columnsPerTile };
}
