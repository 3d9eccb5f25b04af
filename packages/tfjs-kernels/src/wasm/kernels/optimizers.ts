import { util } from '@tensorflow/tfjs-core';
import type { TensorInfo } from '@tensorflow/tfjs-core';
import { Operation, OptimizerJob } from '../generated/job-fields';
import type { Heap, JobOf } from '../heap';
import type { KernelContext } from '../context';

/** Floats that a thread changes at a time. */
const TILE_FLOATS = 16_384;

type Numbers = Pick<JobOf<typeof OptimizerJob>, 'beta1' | 'beta2' | 'stepSize' | 'epsilon'>;

/** Changes [variable, gradient, ...slots] of every variable in place; see `createOptimizer`. */
function stepAll(
  { heap, pool }: KernelContext,
  operation: number,
  tensors: TensorInfo[],
  slots: number,
  numbers: Numbers,
): TensorInfo[] {
  const perVariable = 2 + slots;
  const jobs = Array.from({ length: tensors.length / perVariable }, (_, index) => {
    const [value, gradient, first, second] = tensors.slice(index * perVariable, (index + 1) * perVariable);
    const count = util.sizeFromShape(value.shape);
    return {
      ...{ tiles: Math.ceil(count / TILE_FLOATS), floatsPerTile: TILE_FLOATS, count, ...numbers },
      ...{ value: heap.address(value), gradient: heap.address(gradient) },
      ...{ first: first ? heap.address(first) : 0, second: second ? heap.address(second) : 0 },
    };
  });
  pool.run(operation, heap.writeJobs(OptimizerJob, jobs), jobs.length);
  jobs.forEach((_, index) => forgetPacked(heap, tensors[index * perVariable]));
  return [];
}

/**
 * Registers a changed tensor anew. The stock matMul and prelu keep what they once packed from a weight until the tensor is disposed,
 * and would go on with its old values.
 */
function forgetPacked({ backend }: Heap, { dataId, shape }: TensorInfo): void {
  const { id, memoryOffset } = backend.dataIdMap.get(dataId);
  backend.wasm.tfjs.disposeData(id); // frees what was packed, not the values
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

export function movingAverages(context: KernelContext, tensors: TensorInfo[], attrs: Record<string, number>): TensorInfo[] {
  const numbers = { beta1: attrs.keep, beta2: 0, stepSize: attrs.take, epsilon: 0 };
  return stepAll(context, Operation.movingAverage, tensors, 0, numbers);
}
