import { backend_util } from '@tensorflow/tfjs-core';
import type { MaxPoolWithArgmaxAttrs, TensorInfo } from '@tensorflow/tfjs-core';
import type { KernelContext } from '../context';

type Info = backend_util.Conv2DInfo;

/**
 * The largest value of every window of x [B, H, W, C], and where it is: the first such index into an image, or into the whole batch.
 * -Infinity at -1 where all are NaN or the window lies in padding.
 */
export function maxPoolWithArgmax(
  { heap }: KernelContext,
  { x }: Record<'x', TensorInfo>,
  { filterSize, strides, pad, includeBatchInIndex }: MaxPoolWithArgmaxAttrs,
): TensorInfo[] {
  const info = backend_util.computePool2DInfo(x.shape as [number, number, number, number], filterSize, strides, 1, pad);
  const { backend } = heap;
  const results = [backend.makeOutput(info.outShape, x.dtype), backend.makeOutput(info.outShape, 'int32')];
  const [xs, largest, indices] = [x, ...results].map((tensor) => backend.typedArrayFromHeap(tensor) as Float32Array);
  const imageSize = info.inHeight * info.inWidth * info.inChannels;
  for (let output = 0; output < largest.length; output++) {
    const index = firstLargest(info, output, xs);
    const image = Math.floor(output / (info.outHeight * info.outWidth * info.inChannels));
    largest[output] = index < 0 ? -Infinity : xs[index];
    indices[output] = includeBatchInIndex || index < 0 ? index : index - image * imageSize;
  }
  return results;
}

/** The index in x of one output's value. */
function firstLargest(info: Info, output: number, x: ArrayLike<number>): number {
  const { inHeight, inWidth, inChannels, outHeight, outWidth, filterHeight, filterWidth, padInfo } = info;
  const pixel = Math.floor(output / inChannels);
  const image = Math.floor(pixel / (outWidth * outHeight));
  const top = (Math.floor(pixel / outWidth) % outHeight) * info.strideHeight - padInfo.top;
  const left = (pixel % outWidth) * info.strideWidth - padInfo.left;
  let [best, largest] = [-1, -Infinity];
  for (let y = Math.max(0, top); y < Math.min(inHeight, top + filterHeight); y++) {
    for (let column = Math.max(0, left); column < Math.min(inWidth, left + filterWidth); column++) {
      const input = ((image * inHeight + y) * inWidth + column) * inChannels + (output % inChannels);
      if (x[input] > largest) [best, largest] = [input, x[input]];
    }
  }
  return best;
}
