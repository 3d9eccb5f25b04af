import { util } from '@tensorflow/tfjs-core';
import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { KernelContext } from '../context';
import { AddJob, Operation } from '../generated/job-fields';

/** Floats below which the stock kernel is as fast. */
const LEAST_FLOATS = 32_768;
const TILE_FLOATS = 16_384;

/** a + b of equal shapes, used to sum gradients; undefined (the stock kernel's) for small tensors, other types and broadcasts. */
export function add({ heap, pool, isRecorded }: KernelContext, { a, b }: Record<string, TensorInfo>): TensorInfo | undefined {
  const count = util.sizeFromShape(a.shape);
  const covered =
    a.dtype === 'float32' && b.dtype === 'float32' && (isRecorded || count >= LEAST_FLOATS) && util.arraysEqual(a.shape, b.shape);
  if (!covered) return undefined;
  const sum = heap.output(a.shape);
  const tiles = Math.ceil(count / TILE_FLOATS);
  const addresses = { a: heap.address(a), b: heap.address(b), destination: heap.address(sum) };
  pool.run(
    Operation.add,
    heap.writeJobs(AddJob, [{ tiles, floatsPerTile: TILE_FLOATS, count, ...addresses }]),
    1,
    count < LEAST_FLOATS,
  );
  return sum;
}
