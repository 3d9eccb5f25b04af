import { util } from '@tensorflow/tfjs-core';
import type { ClipByValueAttrs, TensorInfo } from '@tensorflow/tfjs-core';
import type { KernelContext } from '../context';
import { ClipGradientJob, ClipJob, Operation } from '../generated/job-fields';

/** Floats below which waking the workers costs more than it saves. */
const ALONE_FLOATS = 32_768;
const TILE_FLOATS = 16_384;

/** x clipped to [clipValueMin, clipValueMax]; NaN stays NaN, so that a loss that clips (a cross-entropy) reveals diverged training. */
export function clipByValue(
  context: KernelContext,
  { x }: Record<string, TensorInfo>,
  { clipValueMin: low, clipValueMax: high }: ClipByValueAttrs,
): TensorInfo | undefined {
  return clip(context, x, low, high);
}

/** x clipped to at least 0, and for ReLU6 to at most 6. */
export const relu = (context: KernelContext, { x }: Record<string, TensorInfo>) => clip(context, x, 0, Infinity);
export const relu6 = (context: KernelContext, { x }: Record<string, TensorInfo>) => clip(context, x, 0, 6);

function clip({ heap, pool }: KernelContext, x: TensorInfo, low: number, high: number): TensorInfo | undefined {
  if (x.dtype !== 'float32') return undefined;
  const count = util.sizeFromShape(x.shape);
  const y = heap.output(x.shape);
  const tiles = Math.ceil(count / TILE_FLOATS);
  const addresses = { x: heap.address(x), destination: heap.address(y) };
  const job = { tiles, floatsPerTile: TILE_FLOATS, count, ...addresses, low, high };
  pool.run(Operation.clip, heap.writeJobs(ClipJob, [job]), 1, count < ALONE_FLOATS);
  return y;
}

/** dy where x lies within the limits; see src/gradients/clip.ts. */
export function clipGradient(
  { heap, pool }: KernelContext,
  { x, dy }: Record<'x' | 'dy', TensorInfo>,
  { low, high, leavesOutLow }: Record<'low' | 'high' | 'leavesOutLow', number>,
): TensorInfo[] {
  const count = util.sizeFromShape(x.shape);
  const dx = heap.output(x.shape);
  const addresses = { x: heap.address(x), dy: heap.address(dy), destination: heap.address(dx) };
  const tiles = Math.ceil(count / TILE_FLOATS);
  const job = { tiles, floatsPerTile: TILE_FLOATS, count, ...addresses, low, high, leavesOutLow };
  pool.run(Operation.clipGradient, heap.writeJobs(ClipGradientJob, [job]), 1, count < ALONE_FLOATS);
  return [dx];
}
