import { backend_util, util } from '@tensorflow/tfjs-core';
import type { Conv2DAttrs, TensorInfo } from '@tensorflow/tfjs-core';
import type { Heap } from '../heap';

type Info = backend_util.Conv2DInfo;
type Shape4D = [number, number, number, number];

/** A plain convolution equivalent to a dilated one: its filter has zeros between the taps, and must be disposed of. */
interface SpreadConvolution {
  info: Info;
  filter: TensorInfo;
}

/**
 * A dilated convolution as a plain one, where the stock kernel would write beyond its output: tfjs-core computes both output sides from one
 * side of a padding in pixels, the stock kernel does not. Undefined elsewhere.
 */
export function spreadFilter(heap: Heap, x: TensorInfo, filter: TensorInfo, attrs: Conv2DAttrs): SpreadConvolution | undefined {
  const { strides, pad, dataFormat, dilations, dimRoundingMode } = attrs;
  if (dataFormat === 'NCHW' || typeof pad !== 'number') return undefined;
  const sizes = [x.shape as Shape4D, filter.shape as Shape4D, strides, dilations, pad, dimRoundingMode] as const;
  const info = backend_util.computeConv2DInfo(...sizes);
  const { effectiveFilterHeight: filterHeight, effectiveFilterWidth: filterWidth, strideHeight, strideWidth } = info;
  const fits = filterHeight === filterWidth && strideHeight === strideWidth;
  if (fits) return undefined;
  const shape: Shape4D = [filterHeight, filterWidth, info.inChannels, info.outChannels];
  const spread = heap.output(shape);
  const to = heap.floats(heap.address(spread), util.sizeFromShape(shape)).fill(0);
  const from = heap.floats(heap.address(filter), util.sizeFromShape(filter.shape));
  const tapFloats = info.inChannels * info.outChannels;
  for (let tap = 0; tap < info.filterHeight * info.filterWidth; tap++) {
    const row = Math.floor(tap / info.filterWidth) * info.dilationHeight;
    const column = (tap % info.filterWidth) * info.dilationWidth;
    to.set(from.subarray(tap * tapFloats, (tap + 1) * tapFloats), (row * filterWidth + column) * tapFloats);
  }
  const plain = { filterHeight, filterWidth, filterShape: shape, dilationHeight: 1, dilationWidth: 1 };
  return { info: { ...info, ...plain }, filter: spread };
}
