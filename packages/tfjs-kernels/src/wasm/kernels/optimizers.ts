import { util } from '@tensorflow/tfjs-core';
import type { TensorInfo } from '@tensorflow/tfjs-core';
import { Operation, OptimizerJob, StockOptimizerJob } from '../generated/job-fields';
import type { Heap } from '../heap';
import type { KernelContext } from '../context';

/** Floats that a thread updates at a time. */
const TILE_FLOATS = 16_384;

/** Floats below which waking the workers costs more than it saves. */
const ALONE_FLOATS = 16_384;

type Attributes = Record<string, number>;

/** An update in place: its operation, the number of slots, and its OptimizerNumbers. */
interface Update {
  operation: number;
  slots: number;
  numbersOf(attrs: Attributes): readonly [beta1: number, beta2: number, stepSize: number, epsilon: number];
}

const ADAM: Update = {
  ...{ operation: Operation.adam, slots: 2 },
  numbersOf: ({ beta1, beta2, stepSize, epsilon }) => [beta1, beta2, stepSize, epsilon],
};
const MOMENTUM: Update = {
  ...{ operation: Operation.momentum, slots: 1 },
  numbersOf: ({ momentum, learningRate }) => [momentum, 0, learningRate, 0],
};

/** Updates [variable, gradient, ...slots] of every variable in place; see `createOptimizer`. */
function updateAll({ heap, pool }: KernelContext, update: Update, tensors: TensorInfo[], attrs: Attributes): TensorInfo[] {
  const { operation, slots, numbersOf } = update;
  const numbers = heap.numbers(attrs, numbersOf);
  const jobs = jobsOf(heap, tensors, slots).map(({ third: _, ...job }) => ({ ...job, numbers }));
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

export const adamSteps = (context: KernelContext, tensors: TensorInfo[], attrs: Attributes): TensorInfo[] =>
  updateAll(context, ADAM, tensors, attrs);

export const momentumSteps = (context: KernelContext, tensors: TensorInfo[], attrs: Attributes): TensorInfo[] =>
  updateAll(context, MOMENTUM, tensors, attrs);

/** [average, value] of each; the new value is row `rows[i]` of the i-th tensor. */
export function movingAverages(
  { heap, pool }: KernelContext,
  tensors: TensorInfo[],
  attrs: { keep: number; take: number; rows: number[] },
): TensorInfo[] {
  const numbers = heap.numbers(attrs, ({ keep, take }) => [keep, 0, take, 0]);
  const jobs = jobsOf(heap, tensors, 0).map(({ third: _, ...job }, i) => ({
    ...{ ...job, numbers },
    gradient: job.gradient + attrs.rows[i] * job.count * 4,
  }));
  pool.run(Operation.movingAverage, heap.writeJobs(OptimizerJob, jobs), jobs.length, areFew(jobs));
  return forgetAll(heap, tensors, 0);
}

/** Steps of TensorFlow.js' own optimisers, by their rule's number; see src/stock-optimizers.ts. */
export function stockOptimizerSteps({ heap, pool }: KernelContext, tensors: TensorInfo[], attrs: Attributes): TensorInfo[] {
  const { rule, slots } = attrs;
  const numbers = heap.numbers(attrs, stockNumbersOf);
  const jobs = jobsOf(heap, tensors, slots).map((job) => ({ ...job, rule, numbers }));
  pool.run(Operation.stockOptimizer, heap.writeJobs(StockOptimizerJob, jobs), jobs.length, areFew(jobs));
  return forgetAll(heap, tensors, slots);
}

/** A StockOptimizerNumbers. */
const stockNumbersOf = ({ learningRate, decay = 0, momentum = 0, epsilon = 0 }: Attributes): readonly number[] => [
  ...[learningRate, decay, momentum, epsilon],
];
