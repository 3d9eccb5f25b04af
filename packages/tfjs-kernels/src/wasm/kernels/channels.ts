import { util } from '@tensorflow/tfjs-core';
import type { TensorInfo } from '@tensorflow/tfjs-core';
import { negativeSlope } from '../../activation';
import type { BiasActivation } from '../../activation';
import { statisticsShape } from '../../statistics-shape';
import { ChannelsJob, Operation } from '../generated/job-fields';
import type { JobOf } from '../heap';
import type { KernelContext } from '../context';

type Inputs = Record<string, TensorInfo>;
type Job = JobOf<typeof ChannelsJob>;

export interface Attributes {
  activation: BiasActivation;
  alpha: number;
  epsilon?: number;
  /** Equal blocks along the first axis, each with statistics of its own. */
  groups?: number;
}

/** Floats of a tile, which stay in the first-level cache between two passes. */
const TILE_FLOATS = 6144;
/** Floats below which waking the workers costs more than it saves. */
const ALONE_FLOATS = 32_768;

const NOTHING = Object.fromEntries(Object.keys(ChannelsJob).map((name) => [name, 0])) as Job;

/** The part of a job that follows from the shape and the attributes. */
export function channelsJob(x: TensorInfo, { activation, alpha, epsilon = 0, groups = 1 }: Attributes): Job {
  const channels = x.shape[x.shape.length - 1];
  const rows = util.sizeFromShape(x.shape) / Math.max(1, channels * groups);
  const rowsPerTile = Math.max(1, Math.floor(TILE_FLOATS / Math.max(1, channels)));
  const tanh = activation === 'tanh';
  const slope = tanh ? 1 : negativeSlope(activation, alpha);
  const tilesPerGroup = Math.ceil(rows / rowsPerTile);
  return {
    ...NOTHING,
    tiles: groups * tilesPerGroup,
    rows,
    channels,
    rowsPerTile,
    groups,
    tilesPerGroup,
    epsilon,
    slope,
    tanh: Number(tanh),
    copies: 1,
    divisor: 1,
  };
}

/** Room for the tiles' partial results, then for `vectors` vectors of one float per group and channel. */
export function workspaceOf(
  { heap }: KernelContext,
  job: Job,
  vectors: number,
): { partials: number; vector: (index: number) => number } {
  const partialBytes = job.tiles * job.channels * 8;
  const vectorBytes = job.groups * job.channels * 4;
  const start = heap.workspace(partialBytes + vectors * vectorBytes);
  return { partials: start, vector: (index) => start + partialBytes + index * vectorBytes };
}

/** Operations that take a whole job at once. */
const WHOLE: readonly number[] = [
  Operation.mergeStatistics,
  Operation.normalisationScale,
  Operation.mergeGradientSums,
  Operation.mergeColumnSums,
  Operation.repeatShift,
];

/** Writes the job once, then runs operations on it. */
export function runSteps({ heap, pool }: KernelContext, job: Job, operations: number[]): void {
  if (job.tiles === 0) return;
  const address = heap.writeJobs(ChannelsJob, [job]);
  const isSmall = job.groups * job.rows * job.channels < ALONE_FLOATS;
  for (const operation of operations) pool.run(operation, address, 1, isSmall || WHOLE.includes(operation));
}

/** [y, mean, variance]. */
export function batchNormActivation(context: KernelContext, inputs: Inputs, attrs: Attributes): TensorInfo[] {
  const { heap } = context;
  const { x, gamma, beta } = inputs;
  const job = channelsJob(x, attrs);
  const shape = statisticsShape(job.groups, job.channels);
  const [y, mean, variance] = [heap.output(x.shape), heap.output(shape), heap.output(shape)];
  const { partials, vector } = workspaceOf(context, job, 2);
  Object.assign(job, { x: heap.address(x), y: heap.address(y), partials, scale: vector(0), shift: vector(1) });
  Object.assign(job, { gamma: heap.address(gamma), beta: heap.address(beta) });
  Object.assign(job, { mean: heap.address(mean), variance: heap.address(variance) });
  runSteps(context, job, [
    Operation.batchNormStatistics,
    Operation.mergeStatistics,
    Operation.normalisationScale,
    Operation.scaleShiftActivation,
  ]);
  return [y, mean, variance];
}

/** [dx, dGamma, dBeta]. */
export function batchNormActivationGradient(context: KernelContext, inputs: Inputs, attrs: Attributes): TensorInfo[] {
  const { heap } = context;
  const { x, dy, gamma, beta, mean, variance } = inputs;
  const job = channelsJob(x, attrs);
  const [dx, dGamma, dBeta] = [heap.output(x.shape), heap.output([job.channels]), heap.output([job.channels])];
  const { partials, vector } = workspaceOf(context, job, 5);
  Object.assign(job, { x: heap.address(x), y: heap.address(dx), dy: heap.address(dy), partials });
  Object.assign(job, { gamma: heap.address(gamma), beta: heap.address(beta) });
  Object.assign(job, { mean: heap.address(mean), variance: heap.address(variance) });
  Object.assign(job, { scale: vector(0), shift: vector(1) });
  Object.assign(job, { gradientScale: vector(2), centredScale: vector(3), gradientShift: vector(4) });
  Object.assign(job, { dGamma: heap.address(dGamma), dBeta: heap.address(dBeta) });
  runSteps(context, job, [
    Operation.normalisationScale,
    Operation.batchNormGradientSums,
    Operation.mergeGradientSums,
    Operation.batchNormGradient,
  ]);
  return [dx, dGamma, dBeta];
}

/** [y]. */
export function scaleShiftActivation(context: KernelContext, inputs: Inputs, attrs: Attributes): TensorInfo[] {
  const { heap } = context;
  const { x, scale, shift } = inputs;
  const job = channelsJob(x, attrs);
  const y = heap.output(x.shape);
  Object.assign(job, { x: heap.address(x), y: heap.address(y), scale: heap.address(scale), shift: heap.address(shift) });
  runSteps(context, job, [Operation.scaleShiftActivation]);
  return [y];
}

/**
 * The job of a bias, or of sums over rows. If the channels don't fill whole vectors, `copies` rows (four or eight) are joined, so that each
 * channel repeats. The order of sums depends on `copies`.
 */
export function biasJob(x: TensorInfo, attrs: Attributes, copies = 4): Job {
  const job = channelsJob(x, attrs);
  if (job.channels % 4 === 0 || job.rows % copies !== 0) return job;
  const channels = job.channels * copies;
  const joined = channelsJob({ ...x, shape: [job.rows / copies, channels] }, attrs);
  return { ...joined, copies };
}

/** [y]. */
export function biasActivation(context: KernelContext, inputs: Inputs, attrs: Attributes): TensorInfo[] {
  const { heap } = context;
  const { x, bias } = inputs;
  const job = biasJob(x, attrs, 8);
  const y = heap.output(x.shape);
  const isRepeated = job.copies > 1;
  const beta = heap.address(bias);
  const shift = isRepeated ? workspaceOf(context, job, 1).vector(0) : beta;
  Object.assign(job, { x: heap.address(x), y: heap.address(y), beta, shift });
  runSteps(context, job, [...(isRepeated ? [Operation.repeatShift] : []), Operation.biasActivation]);
  return [y];
}

/** [dx, dBias]. */
export function biasActivationGradient(context: KernelContext, inputs: Inputs, attrs: Attributes): TensorInfo[] {
  const { heap } = context;
  const { y, dy } = inputs;
  const job = biasJob(y, attrs);
  const [dx, dBias] = [heap.output(y.shape), heap.output([job.channels / job.copies])];
  const { partials } = workspaceOf(context, job, 0);
  Object.assign(job, { x: heap.address(dx), y: heap.address(y), dy: heap.address(dy), partials, dBeta: heap.address(dBias) });
  runSteps(context, job, [Operation.biasActivationGradient, Operation.mergeColumnSums]);
  return [dx, dBias];
}
