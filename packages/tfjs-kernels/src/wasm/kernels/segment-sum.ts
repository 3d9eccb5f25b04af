import { util } from '@tensorflow/tfjs-core';
import type { TensorInfo, UnsortedSegmentSumAttrs } from '@tensorflow/tfjs-core';
import type { KernelContext } from '../context';
import { Operation, SegmentSumJob } from '../generated/job-fields';

/** Maximal number of tiles that the segments are cut into: each tile scans all ids. */
const MOST_TILES = 16;
/** Values below which waking the workers costs more than it saves. */
const ALONE_VALUES = 50_000;

/** Sums x [N, ...] over the rows of each segment: segmentIds [N] in [0, numSegments), others are ignored. Returns [numSegments, ...]. */
export function unsortedSegmentSum(
  { heap, pool }: KernelContext,
  { x, segmentIds }: Record<string, TensorInfo>,
  { numSegments }: UnsortedSegmentSumAttrs,
): TensorInfo {
  if (x.dtype !== 'float32' && x.dtype !== 'int32')
    throw new Error(`UnsortedSegmentSum (wasm): x must be float32 or int32, got ${x.dtype}`);
  if (segmentIds.dtype !== 'int32')
    throw new Error(`UnsortedSegmentSum (wasm): segmentIds must be int32, got ${segmentIds.dtype}`);
  if (!util.arraysEqual(segmentIds.shape, x.shape.slice(0, 1)))
    throw new Error(
      `UnsortedSegmentSum (wasm): segmentIds must be one per row of x, [${x.shape[0]}], got [${segmentIds.shape.join(', ')}]`,
    );
  const rowCount = util.sizeFromShape(segmentIds.shape);
  const sums = heap.backend.makeOutput([numSegments, ...x.shape.slice(1)], x.dtype);
  const columns = util.sizeFromShape(x.shape.slice(1));
  const segmentsPerTile = Math.max(1, Math.ceil(numSegments / MOST_TILES));
  const job = {
    ...{ tiles: Math.ceil(numSegments / segmentsPerTile), segmentsPerTile, segments: numSegments, rowCount, columns },
    ...{ rows: heap.address(x), ids: heap.address(segmentIds), destination: heap.address(sums) },
    integers: Number(x.dtype === 'int32'),
  };
  pool.run(Operation.segmentSum, heap.writeJobs(SegmentSumJob, [job]), 1, rowCount * columns < ALONE_VALUES);
  return sums;
}
