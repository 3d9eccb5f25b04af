import { util } from '@tensorflow/tfjs-core';
import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { KernelContext } from '../context';
import { AddJob, Operation } from '../generated/job-fields';

/** Floats below which the stock kernel is as fast. */
const LEAST_FLOATS = 32_768;
const TILE_FLOATS = 16_384;

/** As numbered in assembly/jobs.ts. */
const Kind = { sum: 0, difference: 1, product: 2 } as const;

type Operands = Record<'a' | 'b', TensorInfo>;

/** a + b, used to sum gradients; undefined (the stock kernel's) for small tensors, other types, and broadcasts except of a number. */
export const add = (context: KernelContext, { a, b }: Operands) => combine(context, Kind.sum, a, b);

/** a - b, likewise. */
export const subtract = (context: KernelContext, { a, b }: Operands) => combine(context, Kind.difference, a, b);

/** a · b, likewise; either may be a number. */
export const multiply = (context: KernelContext, { a, b }: Operands) =>
  a.shape.length === 0 ? combine(context, Kind.product, b, a) : combine(context, Kind.product, a, b);

function combine(context: KernelContext, kind: number, a: TensorInfo, b: TensorInfo): TensorInfo | undefined {
  const { heap, pool, isRecorded } = context;
  const count = util.sizeFromShape(a.shape);
  const isScalar = b.shape.length === 0;
  const areFloats = a.dtype === 'float32' && b.dtype === 'float32';
  const isWorthwhile = isRecorded === true || count >= LEAST_FLOATS;
  if (!areFloats || !isWorthwhile || !(isScalar || util.arraysEqual(a.shape, b.shape))) return undefined;
  const result = heap.output(a.shape);
  const sizes = { tiles: Math.ceil(count / TILE_FLOATS), floatsPerTile: TILE_FLOATS, count, kind, isScalar: Number(isScalar) };
  const addresses = { a: heap.address(a), b: heap.address(b), destination: heap.address(result) };
  pool.run(Operation.add, heap.writeJobs(AddJob, [{ ...sizes, ...addresses }]), 1, count < LEAST_FLOATS);
  return result;
}
