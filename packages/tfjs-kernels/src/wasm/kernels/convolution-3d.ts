import { backend_util, util } from '@tensorflow/tfjs-core';
import type { Conv3DBackpropInputV2Attrs, TensorInfo } from '@tensorflow/tfjs-core';
import { assertFloats, assertGradientShape } from '../../plain-convolution';
import type { KernelContext } from '../context';
import { Convolution3DJob, Operation } from '../generated/job-fields';

/** Products below which waking the workers costs more than it saves. */
const ALONE_PRODUCTS = 100_000;

/** The gradient of a convolution over volumes at its input, [B, D, H, W, Ci], from dy and filter [kd, kh, kw, Ci, Co]. */
export function conv3dBackpropInput(
  { heap, pool }: KernelContext,
  { dy, filter }: Record<string, TensorInfo>,
  { inputShape, strides, pad }: Conv3DBackpropInputV2Attrs,
): TensorInfo {
  const info = backend_util.computeConv3DInfo(inputShape, filter.shape as typeof inputShape, strides, 1, pad);
  assertFloats('Conv3DBackpropInputV2', 'wasm', { dy, filter });
  assertGradientShape('Conv3DBackpropInputV2 (wasm)', dy, info.outShape);
  const dx = heap.output(info.inShape);
  const { filterDepth, filterHeight, filterWidth } = info;
  const job = {
    ...{ tiles: info.batchSize * info.inDepth * info.inHeight },
    ...{ dy: heap.address(dy), filter: heap.address(filter), dx: heap.address(dx) },
    ...{ inDepth: info.inDepth, inHeight: info.inHeight, inWidth: info.inWidth, inChannels: info.inChannels },
    ...{ outDepth: info.outDepth, outHeight: info.outHeight, outWidth: info.outWidth, outChannels: info.outChannels },
    ...{ filterDepth, filterHeight, filterWidth },
    ...{ strideZ: info.strideDepth, strideY: info.strideHeight, strideX: info.strideWidth },
    ...{ padFront: info.padInfo.front, padTop: info.padInfo.top, padLeft: info.padInfo.left },
  };
  const products = util.sizeFromShape(info.outShape) * filterDepth * filterHeight * filterWidth * info.inChannels;
  pool.run(Operation.convolution3DInputGradient, heap.writeJobs(Convolution3DJob, [job]), 1, products < ALONE_PRODUCTS);
  return dx;
}
