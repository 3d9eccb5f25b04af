import type { backend_util } from '@tensorflow/tfjs-core';
import { NO_EPILOGUE } from './epilogue';
import type { EpilogueFields } from './epilogue';
import type { JobOf } from './heap';
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
  return withTiles(
    {
      ...{ source: x, destination: y, weights, batch: info.batchSize },
      ...{ sourceHeight: info.inHeight, sourceWidth: info.inWidth, sourceChannels: info.inChannels },
      ...{ gridHeight: info.outHeight, gridWidth: info.outWidth, stepY: info.strideHeight, stepX: info.strideWidth },
      ...{ originY: -info.padInfo.top, originX: -info.padInfo.left },
      ...{ tapRows: info.filterHeight, tapColumns: info.filterWidth },
      ...{ filterHeight: info.filterHeight, filterWidth: info.filterWidth },
      ...{ firstTapY: 0, firstTapX: 0, tapStepY: 1, tapStepX: 1, transposed: 0 },
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
 * outputs, beginning with `origin` for the first of them; those two meet at the filter's tap `firstTap`.
 */
interface Lane {
  offset: number;
  length: number;
  step: number;
  origin: number;
  taps: number;
  firstTap: number;
}

function lane({ stride, filter, pad }: Axis, offset: number, length: number): Lane {
  const origin = Math.ceil((offset + pad - filter + 1) / stride);
  const taps = Math.floor((offset + length - 1 + pad) / stride) - origin + 1;
  return { offset, length, step: Math.max(length, stride), origin, taps, firstTap: offset + pad - stride * origin };
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
export function inputGradientJobs(info: Info, dy: number, weights: number, dx: number, limits: Limits): Job[] {
  const { y, x } = bestLanes(info, limits.tileColumns);
  return y.flatMap((row) => x.map((column) => withTiles(laneJob(info, { dy, weights, dx }, row, column), limits)));
}

function laneJob(info: Info, { dy, weights, dx }: Record<'dy' | 'weights' | 'dx', number>, row: Lane, column: Lane) {
  const groupColumns = column.length * info.inChannels;
  return {
    ...{ source: dy, destination: dx, weights, batch: info.batchSize, transposed: 1 },
    ...{ sourceHeight: info.outHeight, sourceWidth: info.outWidth, sourceChannels: info.outChannels },
    ...{ gridHeight: Math.ceil((info.inHeight - row.offset) / row.step) },
    ...{ gridWidth: Math.ceil((info.inWidth - column.offset) / column.step) },
    ...{ stepY: row.step / info.strideHeight, stepX: column.step / info.strideWidth },
    ...{ originY: row.origin, originX: column.origin, tapRows: row.taps, tapColumns: column.taps },
    ...{ filterHeight: info.filterHeight, filterWidth: info.filterWidth },
    ...{ firstTapY: row.firstTap, firstTapX: column.firstTap, tapStepY: -info.strideHeight, tapStepX: -info.strideWidth },
    ...{ columns: row.length * groupColumns, groups: row.length, groupColumns },
    ...{ destinationHeight: info.inHeight, destinationWidth: info.inWidth, destinationChannels: info.inChannels },
    ...{ destinationStepY: row.step, destinationStepX: column.step },
    ...{ destinationOffsetY: row.offset, destinationOffsetX: column.offset, ...NO_EPILOGUE },
  };
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
