import type { backend_util } from '@tensorflow/tfjs-core';
import { NO_EPILOGUE } from './epilogue';
import type { EpilogueFields } from './epilogue';
import { Operation } from './generated/job-fields';
import type { KernelContext } from './context';
import { forwardWays, gradientWays } from './lanes';
import type { Lane, Lanes } from './lanes';
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

/** Images [batch, height, width, channels] in memory. */
interface Images {
  address: number;
  height: number;
  width: number;
  channels: number;
}

/** What a pass reads and writes. */
interface Operands {
  source: Images;
  destination: Images;
  weights: number;
  /** As in assembly/jobs.ts. */
  transposed: 0 | 1;
  epilogue: EpilogueFields;
}

/**
 * A forward pass: x [B, H, W, Ci] and weights [kh, kw, Ci, Co] give y. Few output channels would leave most columns of a register tile
 * empty; then a block of neighbouring outputs is its columns, if its sums are short.
 */
export function forwardPass(
  info: Info,
  x: number,
  weights: number,
  y: number,
  limits: Limits,
  epilogue: EpilogueFields = NO_EPILOGUE,
): Pass {
  const source = { address: x, height: info.inHeight, width: info.inWidth, channels: info.inChannels };
  const destination = { address: y, height: info.outHeight, width: info.outWidth, channels: info.outChannels };
  const ways = forwardWays(info, Math.floor(limits.tileColumns / info.outChannels));
  return passOf(info, { source, destination, weights, transposed: 0, epilogue }, ways, limits);
}

/**
 * The input gradient: dy [B, OH, OW, Co] and weights [kh, kw, Ci, Co] give dx [B, H, W, Ci]. With a stride, inputs of one phase (row and
 * column modulo the stride) see the same taps, a dense convolution over dy: one job per phase. Of few input channels, a block of
 * neighbouring inputs is computed like one of outputs.
 */
export function inputGradientPass(info: Info, dy: number, weights: number, dx: number, limits: Limits): Pass {
  const source = { address: dy, height: info.outHeight, width: info.outWidth, channels: info.outChannels };
  const destination = { address: dx, height: info.inHeight, width: info.inWidth, channels: info.inChannels };
  const ways = gradientWays(info, Math.floor(limits.tileColumns / info.inChannels));
  return passOf(info, { source, destination, weights, transposed: 1, epilogue: NO_EPILOGUE }, ways, limits);
}

function passOf(info: Info, operands: Operands, ways: Lanes[], limits: Limits): Pass {
  const lanes = ways.length === 1 ? ways[0] : cheapest(operands, ways, limits);
  const jobs = lanes.map(([row, column]) => laneJob(info, operands, row, column));
  const areShort = jobs.every((job) => hasShortSums(job, limits.tileColumns));
  if (areShort) return { operation: Operation.shortSums, jobs: jobs.map((job) => shortSumsJob(job, limits)) };
  return { operation: Operation.convolution, jobs: jobs.map((job) => withTiles(job, limits)) };
}

/** Columns of a register tile that holds half of a wide panel (assembly/blocking.ts). */
const HALF_PANEL = 8;

/** The overhead of a panel, in products of its depth. */
const PANEL_OVERHEAD = 40;

/** The way that takes the fewest products, including those that a register tile computes for nothing; the first is without blocks. */
function cheapest(operands: Operands, ways: Lanes[], { tileColumns }: Limits): Lanes {
  const costs = ways.map((lanes) => {
    const shapes = lanes.map(([row, column]) => laneShape(operands, row, column));
    const areShort = shapes.every((shape) => hasShortSums(shape, tileColumns));
    const panel = areShort && shapes[0].columns <= HALF_PANEL ? HALF_PANEL : tileColumns;
    const isCovered = lanes === ways[0] || (areShort && shapes[0].columns <= tileColumns);
    const cost = shapes.reduce((sum, { gridHeight, gridWidth, tapRows, tapColumns, sourceChannels, columns }) => {
      const products = (tapRows * tapColumns * sourceChannels + PANEL_OVERHEAD) * Math.ceil(columns / panel) * panel;
      return sum + products * gridHeight * gridWidth;
    }, 0);
    return isCovered ? cost : Infinity;
  });
  return ways[costs.indexOf(Math.min(...costs))];
}

/** A lane's sizes as a product. */
function laneShape({ source, destination }: Operands, row: Lane, column: Lane) {
  return {
    tapRows: row.taps,
    tapColumns: column.taps,
    sourceChannels: source.channels,
    gridHeight: Math.ceil((destination.height - row.offset) / row.step),
    gridWidth: Math.ceil((destination.width - column.offset) / column.step),
    stepX: column.sourceStep,
    columns: row.length * column.length * destination.channels,
  };
}

/** The job of a pair of lanes. Written out field by field: an object made of several others takes Node 20 ten times as long. */
function laneJob(
  info: Info,
  { source, destination, weights, transposed, epilogue }: Operands,
  row: Lane,
  column: Lane,
): UntiledJob {
  return {
    source: source.address,
    destination: destination.address,
    weights,
    transposed,
    batch: info.batchSize,
    sourceHeight: source.height,
    sourceWidth: source.width,
    sourceChannels: source.channels,
    gridHeight: Math.ceil((destination.height - row.offset) / row.step),
    gridWidth: Math.ceil((destination.width - column.offset) / column.step),
    stepY: row.sourceStep,
    stepX: column.sourceStep,
    originY: row.origin,
    originX: column.origin,
    tapRows: row.taps,
    tapColumns: column.taps,
    filterHeight: info.filterHeight,
    filterWidth: info.filterWidth,
    firstTapY: row.firstTap,
    firstTapX: column.firstTap,
    tapStepY: row.tapStep,
    tapStepX: column.tapStep,
    pixelTapStepY: row.pixelTapStep,
    pixelTapStepX: column.pixelTapStep,
    columns: row.length * column.length * destination.channels,
    groups: row.length,
    groupColumns: column.length * destination.channels,
    destinationHeight: destination.height,
    destinationWidth: destination.width,
    destinationChannels: destination.channels,
    destinationStepY: row.step,
    destinationStepX: column.step,
    destinationOffsetY: row.offset,
    destinationOffsetX: column.offset,
    ...epilogue,
  };
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
