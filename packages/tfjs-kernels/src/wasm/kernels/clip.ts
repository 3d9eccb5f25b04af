import { util } from '@tensorflow/tfjs-core';
import type { ClipByValueAttrs, TensorInfo } from '@tensorflow/tfjs-core';
import type { KernelContext } from '../context';
import { ClipJob, Operation } from '../generated/job-fields';

/** Floats below which waking the workers costs more than it saves. */
const ALONE_FLOATS = 32_768;
const TILE_FLOATS = 16_384;

/** x within [clipValueMin, clipValueMax]; NaN stays NaN, so that a loss that clips (cross-entropies do) shows a training that diverged. */
export function clipByValue(
  { heap, pool }: KernelContext,
  { x }: Record<string, TensorInfo>,
  { clipValueMin: low, clipValueMax: high }: ClipByValueAttrs,
): TensorInfo | undefined {
  if (x.dtype !== 'float32') return undefined;
  const count = util.sizeFromShape(x.shape);
  const y = heap.output(x.shape);
  const tiles = Math.ceil(count / TILE_FLOATS);
  const addresses = { x: heap.address(x), destination: heap.address(y) };
  const job = { tiles, floatsPerTile: TILE_FLOATS, count, ...addresses, low, high };
  pool.run(Operation.clip, heap.writeJobs(ClipJob, [job]), 1, count < ALONE_FLOATS);
  return y;
}
