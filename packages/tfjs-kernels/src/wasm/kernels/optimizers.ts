import { util } from '@tensorflow/tfjs-core';
import type { TensorInfo } from '@tensorflow/tfjs-core';
import { Operation, OptimizerJob, StockOptimizerJob } from '../generated/job-fields';
import type { Heap, JobOf } from '../heap';
import type { KernelContext } from '../context';

/** Floats that a thread updates at a time. */
const TILE_FLOATS = 16_384;

/** Floats below which waking the workers costs more than it saves. */
const ALONE_FLOATS = 16_384;

type Numbers = Pick<JobOf<typeof OptimizerJob>, 'beta1' | 'beta2' | 'stepSize' | 'epsilon'>;

/** Updates [variable, gradient, ...slots] of every variable in place; see `createOptimizer`. */
function stepAll(
  { heap, pool }: KernelContext,
  operation: number,
  tensors: TensorInfo[],
  slots: number,
  numbers: Numbers,
): TensorInfo[] {
  const jobs = jobsOf(heap, tensors, slots).map(({ third: _, ...job }) => ({ ...job, ...numbers }));
  pool.run(operation, heap.writeJobs(OptimizerJob, jobs), jobs.length, areFew(jobs));
  return forgetAll(heap, tensors, slots);
}

/** Addresses of [variable, gradient, ...slots] for every variable, and the variable's tiles. */
function jobsOf(heap: Heap, tensors: TensorInfo[], slots: number) {
  const perVariable = 2 + slots;
  return Array.from({ length: tensors.length / perVariable }, (_, index) => {
    const [value, gradient, ...kept] = tensors.slice(index * perVariable, (index + 1) * perVariable);
    const count = util.sizeFromShape(value.shape);
    const [first = 0, second = 0, third = 0] = kept.map((slot) => heap.address(slot));
    const addresses = { value: heap.address(value), gradient: heap.address(gradient), first, second, third };
    return { tiles: Math.ceil(count / TILE_FLOATS), floatsPerTile: TILE_FLOATS, count, ...addresses };
  });
}

const areFew = (jobs: { count: number }[]): boolean => jobs.reduce((sum, { count }) => sum + count, 0) < ALONE_FLOATS;

function forgetAll(heap: Heap, tensors: TensorInfo[], slots: number): TensorInfo[] {
  for (let index = 0; index < tensors.length; index += 2 + slots) forgetPacked(heap, tensors[index]);
  return [];
}

/**
 * Re-registers a changed tensor. The stock matMul and prelu keep the packed copy of a weight until the tensor is disposed, and would
 * otherwise continue with its old values.
 */
function forgetPacked({ backend }: Heap, { dataId, shape }: TensorInfo): void {
  const { id, memoryOffset } = backend.dataIdMap.get(dataId);
  backend.wasm.tfjs.disposeData(id); // frees the packed copy, not the values
  backend.wasm.tfjs.registerTensor(id, util.sizeFromShape(shape), memoryOffset);
}

export function adamSteps(context: KernelContext, tensors: TensorInfo[], attrs: Record<string, number>): TensorInfo[] {
  const { beta1, beta2, stepSize, epsilon } = attrs;
  return stepAll(context, Operation.adam, tensors, 2, { beta1, beta2, stepSize, epsilon });
}

export function momentumSteps(context: KernelContext, tensors: TensorInfo[], attrs: Record<string, number>): TensorInfo[] {
  const numbers = { beta1: attrs.momentum, beta2: 0, stepSize: attrs.learningRate, epsilon: 0 };
  return stepAll(context, Operation.momentum, tensors, 1, numbers);
}

/** [average, value] of each; the new value is row `rows[i]` of the i-th tensor. */
export function movingAverages(
  { heap, pool }: KernelContext,
  tensors: TensorInfo[],
  { keep, take, rows }: { keep: number; take: number; rows: number[] },
): TensorInfo[] {
  const numbers = { beta1: keep, beta2: 0, stepSize: take, epsilon: 0 };
  const jobs = jobsOf(heap, tensors, 0).map(({ third: _, ...job }, i) => ({
    ...{ ...job, ...numbers },
    gradient: job.gradient + rows[i] * job.count * 4,
  }));
  pool.run(Operation.movingAverage, heap.writeJobs(OptimizerJob, jobs), jobs.length, areFew(jobs));
  return forgetAll(heap, tensors, 0);
}

/** Steps of TensorFlow.js' own optimisers, by their rule's number; see src/stock-optimizers.ts. */
export function stockOptimizerSteps(
  { heap, pool }: KernelContext,
  tensors: TensorInfo[],
  attrs: Record<string, number>,
): TensorInfo[] {
  const { rule, slots, learningRate, decay = 0, momentum = 0, epsilon = 0 } = attrs;
  const jobs = jobsOf(heap, tensors, slots).map((job) => ({ ...job, rule, learningRate, decay, momentum, epsilon }));
  pool.run(Operation.stockOptimizer, heap.writeJobs(StockOptimizerJob, jobs), jobs.length, areFew(jobs));
  return forgetAll(heap, tensors, slots);
}
