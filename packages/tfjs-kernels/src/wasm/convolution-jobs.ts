import type { backend_util } from '@tensorflow/tfjs-core';
import type { Heap, JobOf } from './heap';
import type { ConvolutionJob } from './generated/job-fields';
import type { KernelContext } from './context';

type Info = backend_util.Conv2DInfo;
type Job = JobOf<typeof ConvolutionJob>;

/** Limits of the modules that a plan must respect. */
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
export function forwardJob(info: Info, x: number, weights: number, y: number, limits: Limits): Job {
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
      ...{ destinationStepY: 1, destinationStepX: 1, destinationOffsetY: 0, destinationOffsetX: 0 },
    },
    limits,
  );
}

/** One axis of the input gradient of a strided convolution. */
interface Axis {
  size: number;
  stride: number;
  filter: number;
  pad: number;
}

const axesOf = (info: Info): { y: Axis; x: Axis } => ({
  y: { size: info.inHeight, stride: info.strideHeight, filter: info.filterHeight, pad: info.padInfo.top },
  x: { size: info.inWidth, stride: info.strideWidth, filter: info.filterWidth, pad: info.padInfo.left },
});

/** What both ways of computing the input gradient share: dy is the source, dx the destination. */
function gradientJob(info: Info, dy: number, dx: number): Pick<Job, (typeof GRADIENT_FIELDS)[number]> {
  return {
    ...{ source: dy, destination: dx, batch: info.batchSize, transposed: 1 },
    ...{ sourceHeight: info.outHeight, sourceWidth: info.outWidth, sourceChannels: info.outChannels },
    ...{ destinationHeight: info.inHeight, destinationWidth: info.inWidth, destinationChannels: info.inChannels },
  };
}
const GRADIENT_FIELDS = [
  ...(['source', 'destination', 'batch', 'transposed', 'sourceHeight', 'sourceWidth', 'sourceChannels'] as const),
  ...(['destinationHeight', 'destinationWidth', 'destinationChannels'] as const),
] as const;

/**
 * The jobs of an input gradient: dy [B, OH, OW, Co] and weights [kh, kw, Ci, Co] give dx [B, H, W, Ci]. With a stride, inputs of one
 * phase (row and column modulo the stride) see the same taps, a dense convolution over dy: one job per phase. Few input channels
 * would leave most columns of a register tile empty; then a block of neighbouring inputs takes part as columns of one job.
 */
export function inputGradientJobs(info: Info, dy: number, weights: number, dx: number, limits: Limits, heap: Heap): Job[] {
  const block = bestBlock(info, limits.tileColumns);
  return block ? [blockJob(info, dy, weights, dx, block, limits, heap)] : phaseJobs(info, dy, weights, dx, limits);
}

function phaseJobs(info: Info, dy: number, weights: number, dx: number, limits: Limits): Job[] {
  const { y, x } = axesOf(info);
  const tapFloats = info.inChannels * info.outChannels;
  const jobs: Job[] = [];
  for (const row of phases(y)) {
    for (const column of phases(x)) {
      const lastTap = row.lastTap * info.filterWidth + column.lastTap;
      const job = {
        ...gradientJob(info, dy, dx),
        ...{ weights: weights + lastTap * tapFloats * 4, gridHeight: row.count, gridWidth: column.count, stepY: 1, stepX: 1 },
        ...{ originY: row.origin, originX: column.origin, tapRows: row.taps, tapColumns: column.taps },
        ...{ tapStepY: -y.stride * info.filterWidth * tapFloats, tapStepX: -x.stride * tapFloats },
        ...{ columns: info.inChannels, groups: 1, groupColumns: info.inChannels },
        ...{ destinationStepY: y.stride, destinationStepX: x.stride },
        ...{ destinationOffsetY: row.phase, destinationOffsetX: column.phase },
      };
      jobs.push(withTiles(job, limits));
    }
  }
  return jobs;
}

/** The phases of an axis: their inputs, and their taps from the last to the first, so that the outputs they meet ascend. */
function phases({ size, stride, filter, pad }: Axis) {
  return Array.from({ length: Math.min(stride, size) }, (_, phase) => {
    const taps = Array.from({ length: filter }, (_, tap) => tap).filter((tap) => (phase + pad - tap) % stride === 0);
    const lastTap = taps.length > 0 ? taps[taps.length - 1] : 0;
    const origin = taps.length > 0 ? (phase + pad - lastTap) / stride : 0;
    return { phase, count: Math.ceil((size - phase) / stride), taps: taps.length, lastTap, origin };
  });
}

/** A block of inputs along one axis: the range of outputs that any of them meets, relative to the block's own step. */
function blockAxis({ stride, filter, pad }: Axis, length: number) {
  const origin = Math.ceil((pad - filter + 1) / stride);
  const last = Math.floor((length - 1 + pad) / stride);
  const taps = last - origin + 1;
  /** The filter's tap between an input of the block and an output of the range; -1: none. */
  const tapOf = (input: number, output: number): number => {
    const tap = input + pad - stride * (origin + output);
    return tap >= 0 && tap < filter ? tap : -1;
  };
  let used = 0;
  for (let input = 0; input < length; input++)
    for (let output = 0; output < taps; output++) if (tapOf(input, output) >= 0) used++;
  return { length, origin, taps, tapOf, used };
}

type BlockAxis = ReturnType<typeof blockAxis>;
interface Block {
  y: BlockAxis;
  x: BlockAxis;
}

/** The block with the largest share of useful products in a register tile; undefined where phases do as well. */
function bestBlock(info: Info, tileColumns: number): Block | undefined {
  const { y, x } = axesOf(info);
  const padded = (columns: number): number => Math.ceil(columns / tileColumns) * tileColumns;
  let best: Block | undefined;
  let bestShare = (1.05 * info.inChannels) / padded(info.inChannels);
  for (const rows of [1, 2]) {
    for (const columns of [1, 2, 4]) {
      const block = { y: blockAxis(y, rows * y.stride), x: blockAxis(x, columns * x.stride) };
      const blockColumns = block.y.length * block.x.length * info.inChannels;
      if (blockColumns > tileColumns) continue;
      const useful = block.y.used * block.x.used * info.inChannels;
      const share = useful / (block.y.taps * block.x.taps * padded(blockColumns));
      if (share > bestShare) [best, bestShare] = [block, share];
    }
  }
  return best;
}

function blockJob(info: Info, dy: number, weights: number, dx: number, { y, x }: Block, limits: Limits, heap: Heap): Job {
  const groupColumns = x.length * info.inChannels;
  const columns = y.length * groupColumns;
  const tapFloats = columns * info.outChannels;
  const expanded = heap.workspace(y.taps * x.taps * tapFloats * 4);
  expandWeights(info, weights, expanded, { y, x }, heap);
  const job = {
    ...gradientJob(info, dy, dx),
    ...{ weights: expanded, gridHeight: Math.ceil(info.inHeight / y.length), gridWidth: Math.ceil(info.inWidth / x.length) },
    ...{ stepY: y.length / info.strideHeight, stepX: x.length / info.strideWidth, originY: y.origin, originX: x.origin },
    ...{ tapRows: y.taps, tapColumns: x.taps, tapStepY: x.taps * tapFloats, tapStepX: tapFloats },
    ...{ columns, groups: y.length, groupColumns, destinationStepY: y.length, destinationStepX: x.length },
    ...{ destinationOffsetY: 0, destinationOffsetX: 0 },
  };
  return withTiles(job, limits);
}

/** Weights of every pixel of a block against every output it may meet, zero where no tap joins them: [tap][pixel, Ci][Co]. */
function expandWeights(info: Info, weights: number, expanded: number, { y, x }: Block, heap: Heap): void {
  const { inChannels, outChannels, filterWidth } = info;
  const pixelFloats = inChannels * outChannels;
  const from = heap.floats(weights, info.filterHeight * filterWidth * pixelFloats);
  const to = heap.floats(expanded, y.taps * x.taps * y.length * x.length * pixelFloats).fill(0);
  for (let tap = 0; tap < y.taps * x.taps; tap++) {
    for (let pixel = 0; pixel < y.length * x.length; pixel++) {
      const tapY = y.tapOf(Math.floor(pixel / x.length), Math.floor(tap / x.taps));
      const tapX = x.tapOf(pixel % x.length, tap % x.taps);
      if (tapY < 0 || tapX < 0) continue;
      const start = (tapY * filterWidth + tapX) * pixelFloats;
      to.set(from.subarray(start, start + pixelFloats), (tap * y.length * x.length + pixel) * pixelFloats);
    }
  }
}

/** Cuts a job into tiles: as large as the caches allow, yet several for each thread. */
function withTiles(job: Omit<Job, 'tiles' | 'columnTiles' | 'panelsPerTile' | 'columnsPerTile'>, limits: Limits): Job {
  const positions = job.gridHeight * job.gridWidth;
  const panels = positions * (job.batch >> 2) + Math.ceil((positions * (job.batch & 3)) / 4);
  const wanted = Math.max(8, 4 * limits.threads);
  let columnsPerTile = Math.min(limits.maxColumns, Math.ceil(job.columns / limits.tileColumns) * limits.tileColumns);
  let panelsPerTile = limits.maxPanels;
  const tiles = (): number => Math.ceil(panels / panelsPerTile) * Math.ceil(job.columns / columnsPerTile);
  while (tiles() < wanted && columnsPerTile % (2 * limits.tileColumns) === 0) columnsPerTile /= 2;
  while (tiles() < wanted && panelsPerTile > 4) panelsPerTile /= 2;
  return { ...job, tiles: tiles(), columnTiles: Math.ceil(job.columns / columnsPerTile), panelsPerTile, columnsPerTile };
}
