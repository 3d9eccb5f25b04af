import { backend_util, util } from '@tensorflow/tfjs-core';
import type { GatherV2Attrs, TensorInfo } from '@tensorflow/tfjs-core';
import type { KernelContext } from '../context';

/**
 * Slices of x along an axis, batch by batch; undefined (the stock kernel's) without batches, with which it reads other tensors, and where
 * there are values, without which its result has another shape.
 */
export function gather(
  { heap }: KernelContext,
  { x, indices }: Record<'x' | 'indices', TensorInfo>,
  { axis, batchDims }: GatherV2Attrs,
): TensorInfo | undefined {
  const isEmpty = util.sizeFromShape(x.shape) === 0 || util.sizeFromShape(indices.shape) === 0;
  if (!(batchDims || isEmpty) || x.dtype === 'string') return undefined;
  const [ownAxis] = util.parseAxisParam(axis, x.shape);
  const sizes = backend_util.segment_util.collectGatherOpShapeInfo(x as never, indices as never, ownAxis, batchDims);
  const { batchSize, outerSize, dimSize, sliceSize, outputShape } = sizes;
  const y = heap.backend.makeOutput(outputShape, x.dtype);
  const each = util.sizeFromShape(indices.shape) / batchSize;
  const at = new Int32Array(heap.memory.buffer, heap.address(indices), batchSize * each);
  const bytes = new Uint8Array(heap.memory.buffer);
  const sliceBytes = sliceSize * util.bytesPerElement(x.dtype);
  const refuse = (index: number): never => {
    heap.backend.disposeData(y.dataId);
    throw new Error(`GatherV2 (wasm): indices must be in [0, ${dimSize}), got ${index}`);
  };
  let to = heap.address(y);
  for (let block = 0; block < batchSize * outerSize; block++) {
    const first = Math.floor(block / outerSize) * each;
    const x0 = heap.address(x) + block * dimSize * sliceBytes;
    for (let i = first, end = i; i < first + each; i = end) {
      // Slices that follow each other, as in a shift, are one copy.
      do if (!(at[end] >= 0 && at[end] < dimSize)) refuse(at[end]);
      while (++end < first + each && at[end] === at[end - 1] + 1);
      const from = x0 + at[i] * sliceBytes;
      bytes.copyWithin(to, from, from + (end - i) * sliceBytes);
      to += (end - i) * sliceBytes;
    }
  }
  return y;
}
