import { backend_util, util } from '@tensorflow/tfjs-core';
import type { AvgPoolAttrs, MaxPool3DGradAttrs, MaxPoolGradAttrs, TensorInfo } from '@tensorflow/tfjs-core';
import { assertGradientShape } from '../../plain-convolution';
import type { KernelContext } from '../context';
import { Operation, PoolingJob } from '../generated/job-fields';
import type { JobOf } from '../heap';

type Inputs = Record<string, TensorInfo>;
type Job = JobOf<typeof PoolingJob>;
/** Sizes of volumes; a picture's depth is 1. */
type Info = Omit<backend_util.Conv2DInfo, 'outShape' | 'inShape' | 'filterShape' | 'dataFormat' | 'padInfo'> &
  Pick<backend_util.Conv3DInfo, 'inDepth' | 'outDepth' | 'filterDepth' | 'strideDepth'> & {
    outShape: number[];
    padInfo: Record<'front' | 'top' | 'left', number>;
  };
/** Attributes of all pooling kernels; those over pictures and over volumes differ only in the number of axes. */
type Attributes = AvgPoolAttrs | MaxPoolGradAttrs | MaxPool3DGradAttrs;

/** Channels of a tile, if the batch is too small to keep the threads busy with one image each. */
const CHANNELS_PER_TILE = 32;
/** From this many images on, each is one tile, unless its channels would not fit a thread's scratch memory. */
const WHOLE_IMAGES = 8;
const MOST_CHANNELS = 4096;
/** Inputs read below which waking the workers costs more than it saves. */
const ALONE_READS = 100_000;

/** The sizes of pooling over [B, D, H, W, C]. A picture is a volume of depth 1, but keeps its own padding rules. */
function infoOf(shape: number[], attrs: Attributes): Info {
  const { filterSize, strides, pad, dimRoundingMode } = attrs;
  if (shape.length === 5) {
    const sizes = [filterSize, strides].map((size) => size as [number, number, number]);
    const volume = shape as [number, number, number, number, number];
    return backend_util.computePool3DInfo(volume, sizes[0], sizes[1], 1, pad as 'same', dimRoundingMode);
  }
  const sizes = [filterSize, strides].map((size) => size as [number, number]);
  const picture = shape as [number, number, number, number];
  const info = backend_util.computePool2DInfo(picture, sizes[0], sizes[1], 1, pad, dimRoundingMode);
  return { ...info, inDepth: 1, outDepth: 1, filterDepth: 1, strideDepth: 1, padInfo: { ...info.padInfo, front: 0 } };
}

function jobOf(info: Info, addresses: Pick<Job, 'x' | 'dy' | 'dx'>): Job {
  const channels = info.inChannels;
  const channelsPerTile = Math.min(channels, info.batchSize >= WHOLE_IMAGES ? MOST_CHANNELS : CHANNELS_PER_TILE);
  const channelTiles = Math.ceil(channels / channelsPerTile);
  return {
    ...{ tiles: info.batchSize * channelTiles, channelTiles, channelsPerTile, channels, ...addresses },
    ...{ inDepth: info.inDepth, inHeight: info.inHeight, inWidth: info.inWidth },
    ...{ outDepth: info.outDepth, outHeight: info.outHeight, outWidth: info.outWidth },
    ...{ filterDepth: info.filterDepth, filterHeight: info.filterHeight, filterWidth: info.filterWidth },
    ...{ strideZ: info.strideDepth, strideY: info.strideHeight, strideX: info.strideWidth },
    ...{ padFront: info.padInfo.front, padTop: info.padInfo.top, padLeft: info.padInfo.left },
  };
}

function run({ heap, pool }: KernelContext, operation: number, info: Info, addresses: Pick<Job, 'x' | 'dy' | 'dx'>): void {
  const reads = util.sizeFromShape(info.outShape) * info.filterDepth * info.filterHeight * info.filterWidth;
  pool.run(operation, heap.writeJobs(PoolingJob, [jobOf(info, addresses)]), 1, reads < ALONE_READS);
}

/** The mean of every window, excluding padding, [B, OH, OW, C] or [B, OD, OH, OW, C]. */
export function averagePool(context: KernelContext, { x }: Inputs, attrs: Attributes): TensorInfo | undefined {
  return pool(context, Operation.averagePool, x, attrs);
}

/** The largest value of every window, excluding padding, [B, OH, OW, C] or [B, OD, OH, OW, C]. */
export function maxPool(context: KernelContext, { x }: Inputs, attrs: Attributes): TensorInfo | undefined {
  return pool(context, Operation.maxPool, x, attrs);
}

function pool(context: KernelContext, operation: number, x: TensorInfo, attrs: Attributes): TensorInfo | undefined {
  if (x.dtype !== 'float32') return undefined;
  const info = infoOf(x.shape, attrs);
  const y = context.heap.output(info.outShape);
  run(context, operation, info, { x: context.heap.address(x), dy: context.heap.address(y), dx: 0 });
  return y;
}

/** The gradient of {@link averagePool} at its input. */
export function averagePoolGradient(context: KernelContext, { dy, input }: Inputs, attrs: Attributes): TensorInfo | undefined {
  return poolGradient(context, { name: 'AvgPoolGrad', operation: Operation.averagePoolGradient }, { dy, input }, attrs);
}

/** The gradient of max pooling at its input: each output's goes to the first input with the largest value. */
export function maxPoolGradient(context: KernelContext, { dy, input }: Inputs, attrs: Attributes): TensorInfo | undefined {
  return poolGradient(context, { name: 'MaxPoolGrad', operation: Operation.maxPoolGradient }, { dy, input }, attrs);
}

function poolGradient(
  context: KernelContext,
  { name, operation }: { name: string; operation: number },
  { dy, input }: Inputs,
  attrs: Attributes,
): TensorInfo | undefined {
  if (input.dtype !== 'float32' || dy.dtype !== 'float32') return undefined;
  const info = infoOf(input.shape, attrs);
  assertGradientShape(`${name} (wasm)`, dy, info.outShape);
  const { heap } = context;
  const dx = heap.output(input.shape);
  run(context, operation, info, { x: heap.address(input), dy: heap.address(dy), dx: heap.address(dx) });
  return dx;
}
