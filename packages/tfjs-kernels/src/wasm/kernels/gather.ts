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
  let to = heap.address(y);
  for (let block = 0; block < batchSize * outerSize; block++) {
    const first = Math.floor(block / outerSize) * each;
    for (let i = first; i < first + each; i++, to += sliceBytes) {
      if (!(at[i] >= 0 && at[i] < dimSize)) {
        heap.backend.disposeData(y.dataId);
        throw new Error(`GatherV2 (wasm): indices must be in [0, ${dimSize}), got ${at[i]}`);
      }
      const from = heap.address(x) + (block * dimSize + at[i]) * sliceBytes;
      bytes.copyWithin(to, from, from + sliceBytes);
    }
  }
  return y;
}
