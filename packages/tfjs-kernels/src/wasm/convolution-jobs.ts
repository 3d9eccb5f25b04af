import type { backend_util } from '@tensorflow/tfjs-core';
import { NO_EPILOGUE } from './epilogue';
import type { EpilogueFields } from './epilogue';
import { Operation } from './generated/job-fields';
import type { KernelContext } from './context';
import { hasShortSums, shortSumsJob } from './short-sums-job';
import type { Job, UntiledJob } from './short-sums-job';

type Info = backend_util.Conv2DInfo;
/** Limits of the WebAssembly modules that a plan must respect. */
export interface Limits {
  tileColumns: number;
  maxPanels: number;
  maxColumns: number;
  threads: number;
}

export function limitsOf({ pool }: KernelContext): Limits {
  const { exports, threads } = pool;
  return { tileColumns: exports.tileColumns(), maxPanels: exports.maxPanels(), maxColumns: exports.maxColumns(), threads };
}

/** Jobs of one operation that together compute a pass. */
export interface Pass {
  operation: number;
  jobs: Job[];
}

/** A forward pass: x [B, H, W, Ci] and weights [kh, kw, Ci, Co] give y. */
export function forwardPass(
  info: Info,
  x: number,
  weights: number,
  y: number,
  limits: Limits,
  epilogue: EpilogueFields = NO_EPILOGUE,
): Pass {
  const job = {
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
  };
  return passOf([job], limits);
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

/** Blocks of an axis, in strides. */
const BLOCKS = [1, 2, 4];

/** Ways to cut an axis into lanes: one lane per phase of the stride, or one of blocks of at most `most` inputs. */
const cuts = (axis: Axis, most: number): Lane[][] => [
  Array.from({ length: Math.min(axis.stride, axis.size) }, (_, phase) => lane(axis, phase, 1)),
  ...BLOCKS.map((strides) => strides * axis.stride)
    .filter((length) => length > 1 && length <= most)
    .map((length) => [lane(axis, 0, length)]),
];

/** Columns of a register tile that holds half of a wide panel (assembly/blocking.ts). */
const HALF_PANEL = 8;

/** The overhead of a panel, in products of its depth. */
const PANEL_OVERHEAD = 40;

type Operands = Record<'dy' | 'weights' | 'dx', number>;

/**
 * The input gradient: dy [B, OH, OW, Co] and weights [kh, kw, Ci, Co] give dx [B, H, W, Ci]. With a stride, inputs of one phase (row and
 * column modulo the stride) see the same taps, a dense convolution over dy: one job per phase. Few input channels would leave most
 * columns of a register tile empty; then one job computes a block of neighbouring inputs as its columns, if its sums are short.
 */
export function inputGradientPass(info: Info, dy: number, weights: number, dx: number, limits: Limits): Pass {
  const most = Math.floor(limits.tileColumns / info.inChannels);
  const yAxis = { size: info.inHeight, stride: info.strideHeight, filter: info.filterHeight, pad: info.padInfo.top };
  const xAxis = { size: info.inWidth, stride: info.strideWidth, filter: info.filterWidth, pad: info.padInfo.left };
  const [yCuts, xCuts] = [cuts(yAxis, most), cuts(xAxis, most)];
  const ways = yCuts.flatMap((y) => xCuts.map((x) => y.flatMap((row) => x.map((column) => [row, column] as const))));
  const lanes = ways.length === 1 ? ways[0] : cheapest(info, ways, limits);
  return passOf(lanes.map(([row, column]) => laneJob(info, { dy, weights, dx }, row, column)), limits); // prettier-ignore
}

type Lanes = (readonly [row: Lane, column: Lane])[];

/** The way that takes the fewest products, including those that a register tile computes for nothing; the first is without blocks. */
function cheapest(info: Info, ways: Lanes[], { tileColumns }: Limits): Lanes {
  const costs = ways.map((lanes) => {
    const shapes = lanes.map(([row, column]) => laneShape(info, row, column));
    const areShort = shapes.every((shape) => hasShortSums(shape, tileColumns));
    const panel = areShort && shapes[0].columns <= HALF_PANEL ? HALF_PANEL : tileColumns;
    const isCovered = lanes === ways[0] || (areShort && shapes[0].columns <= tileColumns);
    const cost = shapes.reduce((sum, { tapRows, tapColumns, columns }, i) => {
      const products = (tapRows * tapColumns * info.outChannels + PANEL_OVERHEAD) * Math.ceil(columns / panel) * panel;
      return sum + products / (lanes[i][0].step * lanes[i][1].step);
    }, 0);
    return isCovered ? cost : Infinity;
  });
  return ways[costs.indexOf(Math.min(...costs))];
}

/** A lane's sizes as a product. */
function laneShape(info: Info, row: Lane, column: Lane) {
  return {
    ...{ tapRows: row.taps, tapColumns: column.taps, sourceChannels: info.outChannels },
    ...{ gridWidth: Math.ceil((info.inWidth - column.offset) / column.step), stepX: column.step / info.strideWidth },
    columns: row.length * column.length * info.inChannels,
  };
}

function laneJob(info: Info, { dy, weights, dx }: Operands, row: Lane, column: Lane): UntiledJob {
  return {
    ...{ source: dy, destination: dx, weights, batch: info.batchSize, transposed: 1 },
    ...laneShape(info, row, column),
    ...{ sourceHeight: info.outHeight, sourceWidth: info.outWidth },
    ...{ gridHeight: Math.ceil((info.inHeight - row.offset) / row.step), stepY: row.step / info.strideHeight },
    ...{ originY: row.origin, originX: column.origin },
    ...{ filterHeight: info.filterHeight, filterWidth: info.filterWidth },
    ...{ firstTapY: row.firstTap, firstTapX: column.firstTap, tapStepY: -info.strideHeight, tapStepX: -info.strideWidth },
    ...{ groups: row.length, groupColumns: column.length * info.inChannels },
    ...{ destinationHeight: info.inHeight, destinationWidth: info.inWidth, destinationChannels: info.inChannels },
    ...{ destinationStepY: row.step, destinationStepX: column.step },
    ...{ destinationOffsetY: row.offset, destinationOffsetX: column.offset, ...NO_EPILOGUE },
  };
}

function passOf(jobs: UntiledJob[], limits: Limits): Pass {
  const areShort = jobs.every((job) => hasShortSums(job, limits.tileColumns));
  if (areShort) return { operation: Operation.shortSums, jobs: jobs.map((job) => shortSumsJob(job, limits)) };
  return { operation: Operation.convolution, jobs: jobs.map((job) => withTiles(job, limits)) };
}

/** Cuts a job into tiles as large as the caches allow, but several for each thread. */
function withTiles(job: UntiledJob, limits: Limits): Job {
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
