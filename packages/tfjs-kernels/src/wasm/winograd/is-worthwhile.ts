import type { backend_util } from '@tensorflow/tfjs-core';
import { PATCH, POINT_PLANES, phasesOf } from './planes';

type Info = backend_util.Conv2DInfo;

/** The costs of minimal filtering in multiplications of a direct product, fitted to the times of forty shapes in all passes. */
interface Costs {
  /** Transforming one channel of a patch to one plane, or back. */
  transform: number;
  /** Transforming one tap's pair of channels to one plane, or back. */
  filter: number;
  /** Of a whole kernel. */
  kernel: number;
}

/** Where products run at twice the speed, transforms cost twice as many of them. */
const NARROW: Costs = { transform: 8.5, filter: 5, kernel: 300_000 };
const WIDE: Costs = { transform: 15, filter: 9, kernel: 300_000 };
/** Planes of products that are not empty, for one phase and for two. */
const PLANES = [POINT_PLANES, 121];

/** A kernel of a convolution. */
export type Pass = 'forward' | 'inputGradient' | 'filterGradient';

/**
 * Whether minimal filtering (assembly/winograd-planes.ts) covers a convolution and takes less time than the direct kernels: 3×3 taps, or
 * 5×5 and strides of 2, channels in fours (in eights where V8 joins vectors), enough of them and enough outputs. Depends only on the shape and the variant's register tile.
 */
export function isWorthwhile(info: Info, pass: Pass, tileColumns: number): boolean {
  return isCovered(info, pass, tileColumns) && winogradCost(info, tileColumns > 8 ? WIDE : NARROW) < directCost(info);
}

function isCovered(info: Info, pass: Pass, tileColumns: number): boolean {
  const { filterHeight, filterWidth, strideHeight, strideWidth, inChannels, outChannels, padInfo } = info;
  const phases = strideHeight;
  const isSquare = filterHeight === filterWidth && strideHeight === strideWidth;
  const vector = tileColumns / 2;
  const inVectors = inChannels % vector === 0 && outChannels % vector === 0;
  if (!isSquare || phases > 2 || filterHeight !== 2 * phases + 1 || !inVectors) return false;
  return phases === 1 || pass !== 'inputGradient' || (padInfo.top === 1 && padInfo.left === 1);
}

/** All passes transform images to and from all planes, and gradients or outputs to and from those of one phase. */
function winogradCost(info: Info, { transform, filter, kernel }: Costs): number {
  const { batchSize, outHeight, outWidth, inChannels, outChannels } = info;
  const planes = PLANES[phasesOf(info) - 1];
  const patches = batchSize * Math.ceil(outHeight / PATCH) * Math.ceil(outWidth / PATCH);
  const transforms = patches * (planes * inChannels + POINT_PLANES * outChannels);
  return (patches + filter) * planes * inChannels * outChannels + transform * transforms + kernel;
}

/** Multiplications of the direct kernels: taps that meet the image. */
function directCost(info: Info): number {
  const { batchSize, inHeight, inWidth, outHeight, outWidth, inChannels, outChannels, padInfo } = info;
  const [taps, stride] = [info.filterHeight, info.strideHeight];
  const rows = tapsInside({ size: inHeight, outputs: outHeight, pad: padInfo.top, taps, stride });
  const columns = tapsInside({ size: inWidth, outputs: outWidth, pad: padInfo.left, taps, stride });
  return batchSize * rows * columns * inChannels * outChannels;
}

/** Pairs of a tap and an output along one axis, where the tap meets the image. */
function tapsInside({
  size,
  outputs,
  pad,
  taps,
  stride,
}: Record<'size' | 'outputs' | 'pad' | 'taps' | 'stride', number>): number {
  let inside = 0;
  for (let tap = 0; tap < taps; tap++) {
    const first = Math.max(0, Math.ceil((pad - tap) / stride));
    const end = Math.min(outputs, Math.ceil((size + pad - tap) / stride));
    inside += Math.max(0, end - first);
  }
  return inside;
}
