import { backend_util, getKernel, util } from '@tensorflow/tfjs-core';
import type { Conv3DBackpropFilterV2Attrs, Conv3DBackpropInputV2Attrs, NamedAttrMap, TensorInfo } from '@tensorflow/tfjs-core';
import { assertFloats, assertGradientShape } from '../../plain-convolution';
import type { KernelContext } from '../context';
import { conv2dBackpropFilter } from './convolutions';
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

type Info = backend_util.Conv3DInfo;
type Operands = Record<'x' | 'dy', TensorInfo>;

/**
 * The gradient of a filter over volumes, [kd, kh, kw, Ci, Co], from x [B, D, H, W, Ci] and dy. One layer of it is that of a convolution
 * over pictures: those of x that the layer meets.
 */
export function conv3dBackpropFilter(
  context: KernelContext,
  { x, dy }: Operands,
  { filterShape, strides, pad }: Conv3DBackpropFilterV2Attrs,
): TensorInfo {
  const info = backend_util.computeConv3DInfo(x.shape as typeof filterShape, filterShape, strides, 1, pad);
  assertFloats('Conv3DBackpropFilterV2', 'wasm', { x, dy });
  assertGradientShape('Conv3DBackpropFilterV2 (wasm)', dy, info.outShape);
  const layers = Array.from({ length: info.filterDepth }, (_, layer) => layerGradient(context, { x, dy }, info, layer));
  const gradient = runStock(context, 'Pack', layers, { axis: 0 });
  for (const { dataId } of layers) context.heap.backend.disposeData(dataId);
  return gradient;
}

function layerGradient(context: KernelContext, { x, dy }: Operands, info: Info, layer: number): TensorInfo {
  const { heap } = context;
  const { strideDepth, strideHeight, strideWidth, padInfo, inHeight, inWidth, inChannels, outHeight, outWidth } = info;
  const filterShape = info.filterShape.slice(1) as [number, number, number, number];
  const [from, to] = outputsWithin(info, layer);
  if (to <= from || info.batchSize === 0)
    return runStock(context, 'Fill', {}, { shape: filterShape, value: 0, dtype: 'float32' });
  const begin = [0, from * strideDepth + layer - padInfo.front, 0, 0, 0];
  const end = [info.batchSize, begin[1] + (to - from - 1) * strideDepth + 1, inHeight, inWidth, inChannels];
  const masks = { beginMask: 0, endMask: 0, ellipsisMask: 0, newAxisMask: 0, shrinkAxisMask: 0 };
  const met = runStock(context, 'StridedSlice', { x }, { begin, end, strides: [1, strideDepth, 1, 1, 1], ...masks });
  const size = [info.batchSize, to - from, outHeight, outWidth, info.outChannels];
  const outputs = runStock(context, 'Slice', { x: dy }, { begin: [0, from, 0, 0, 0], size });
  const pictures = info.batchSize * (to - from);
  const operands = {
    x: { ...met, shape: [pictures, inHeight, inWidth, inChannels] },
    dy: { ...outputs, shape: [pictures, ...size.slice(2)] },
  };
  const pad: backend_util.ExplicitPadding = [
    ...([[0, 0], [padInfo.top, padInfo.bottom], [padInfo.left, padInfo.right], [0, 0]] as const), // prettier-ignore
  ] as never;
  const attrs = { strides: [strideHeight, strideWidth] as [number, number], pad, dataFormat: 'NHWC' as const, filterShape };
  const gradient = conv2dBackpropFilter(context, operands, attrs);
  for (const { dataId } of [met, outputs]) heap.backend.disposeData(dataId);
  return gradient;
}

function runStock(
  { heap: { backend } }: KernelContext,
  kernelName: string,
  inputs: Record<string, TensorInfo> | TensorInfo[],
  attrs: object,
): TensorInfo {
  const args = { inputs: inputs as never, backend, attrs: attrs as NamedAttrMap };
  return getKernel(kernelName, 'wasm').kernelFunc(args) as TensorInfo;
}

/** The outputs along the depth for which a filter's layer lies inside x: [from, to). */
function outputsWithin({ inDepth, outDepth, strideDepth, padInfo }: Info, layer: number): [number, number] {
  const offset = layer - padInfo.front;
  return [
    Math.max(0, Math.ceil(-offset / strideDepth)),
    Math.min(outDepth, Math.floor((inDepth - 1 - offset) / strideDepth) + 1),
  ];
}
