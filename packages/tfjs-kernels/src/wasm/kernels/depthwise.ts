import { backend_util, util } from '@tensorflow/tfjs-core';
import type {
  DepthwiseConv2dNativeAttrs,
  DepthwiseConv2dNativeBackpropFilterAttrs,
  DepthwiseConv2dNativeBackpropInputAttrs,
  TensorInfo,
} from '@tensorflow/tfjs-core';
import { assertFloats, assertGradientShape } from '../../plain-convolution';
import type { KernelContext } from '../context';
import { DepthwiseJob, Operation } from '../generated/job-fields';

type Inputs = Record<string, TensorInfo>;
type Info = backend_util.Conv2DInfo;
type Shape4D = [number, number, number, number];
type SizeAttributes = Pick<DepthwiseConv2dNativeAttrs, 'strides' | 'pad' | 'dilations' | 'dimRoundingMode'>;

/** Channels of a tile of the filter's gradient. */
const CHANNELS_PER_TILE = 64;
/** Maximal number of floats in a row of sums: a thread has room for twice as many. */
const ROW_FLOATS = 16_384;
/** Products below which waking the workers costs more than it saves. */
const ALONE_PRODUCTS = 100_000;

function infoOf(kernel: string, inShape: number[], filterShape: number[], attrs: SizeAttributes): Info {
  const { strides, pad, dilations, dimRoundingMode } = attrs;
  if (inShape[3] !== filterShape[2])
    throw new Error(`${kernel} (wasm): filter must have ${inShape[3]} input channels, got ${filterShape[2]}`);
  const [picture, filter] = [inShape, filterShape].map((shape) => shape as Shape4D);
  return backend_util.computeConv2DInfo(picture, filter, strides, dilations ?? 1, pad, dimRoundingMode, true);
}

type Addresses = Record<'x' | 'filter' | 'y', number>;

function run({ heap, pool }: KernelContext, operation: number, info: Info, addresses: Addresses): void {
  const { batchSize, inChannels, filterHeight, filterWidth } = info;
  const multiplier = info.outChannels / inChannels;
  const channelsPerTile = Math.max(1, Math.min(inChannels, CHANNELS_PER_TILE, Math.floor(ROW_FLOATS / multiplier)));
  const channelTiles = Math.ceil(inChannels / channelsPerTile);
  const tiles: Record<number, number> = {
    [Operation.depthwise]: batchSize * info.outHeight,
    [Operation.depthwiseInputGradient]: batchSize * info.inHeight,
    [Operation.depthwiseFilterGradient]: filterHeight * filterWidth * channelTiles,
  };
  const job = {
    ...{ tiles: tiles[operation], channelTiles, channelsPerTile, ...addresses },
    ...{ batch: batchSize, inHeight: info.inHeight, inWidth: info.inWidth, channels: inChannels, multiplier },
    ...{ outHeight: info.outHeight, outWidth: info.outWidth, filterHeight, filterWidth },
    ...{ strideY: info.strideHeight, strideX: info.strideWidth },
    ...{ dilationY: info.dilationHeight, dilationX: info.dilationWidth, padTop: info.padInfo.top, padLeft: info.padInfo.left },
  };
  const products = util.sizeFromShape(info.outShape) * filterHeight * filterWidth;
  pool.run(operation, heap.writeJobs(DepthwiseJob, [job]), 1, products < ALONE_PRODUCTS);
}

/** y: every channel of x [B, H, W, C] under its own filters, filter [kh, kw, C, M]; [B, OH, OW, C · M]. */
export function depthwiseConv2d(
  context: KernelContext,
  inputs: Inputs,
  attrs: DepthwiseConv2dNativeAttrs,
): TensorInfo | undefined {
  const { x, filter } = inputs;
  if (attrs.dataFormat === 'NCHW') return undefined;
  const info = infoOf('DepthwiseConv2dNative', x.shape, filter.shape, attrs);
  assertFloats('DepthwiseConv2dNative', 'wasm', { x, filter });
  const { heap } = context;
  const y = heap.output(info.outShape);
  run(context, Operation.depthwise, info, { x: heap.address(x), filter: heap.address(filter), y: heap.address(y) });
  return y;
}

/** The gradient at the input, [B, H, W, C]. */
export function depthwiseConv2dBackpropInput(
  context: KernelContext,
  { dy, filter }: Inputs,
  attrs: DepthwiseConv2dNativeBackpropInputAttrs,
): TensorInfo {
  const kernel = 'DepthwiseConv2dNativeBackpropInput';
  const info = infoOf(kernel, attrs.inputShape, filter.shape, attrs);
  assertFloats(kernel, 'wasm', { dy, filter });
  assertGradientShape(`${kernel} (wasm)`, dy, info.outShape);
  const { heap } = context;
  const dx = heap.output(info.inShape);
  const addresses = { x: heap.address(dx), filter: heap.address(filter), y: heap.address(dy) };
  run(context, Operation.depthwiseInputGradient, info, addresses);
  return dx;
}

/** The gradient of the filter, [kh, kw, C, M]. */
export function depthwiseConv2dBackpropFilter(
  context: KernelContext,
  { x, dy }: Inputs,
  attrs: DepthwiseConv2dNativeBackpropFilterAttrs,
): TensorInfo {
  const kernel = 'DepthwiseConv2dNativeBackpropFilter';
  const info = infoOf(kernel, x.shape, attrs.filterShape, attrs);
  assertFloats(kernel, 'wasm', { x, dy });
  assertGradientShape(`${kernel} (wasm)`, dy, info.outShape);
  const { heap } = context;
  const dw = heap.output(attrs.filterShape);
  const addresses = { x: heap.address(x), filter: heap.address(dw), y: heap.address(dy) };
  run(context, Operation.depthwiseFilterGradient, info, addresses);
  return dw;
}
