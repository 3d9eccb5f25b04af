import type { backend_util } from '@tensorflow/tfjs-core';
import { PATCH, phasesOf } from './planes';

type Info = backend_util.Conv2DInfo;

/** The costs of minimal filtering in multiplications of a direct product, measured by scripts/profile-layers.mjs. */
interface Costs {
  /** A multiplication, which is somewhat slower. */
  product: number;
  /** Transforming a filter both ways, for each pair of channels and each PATCHES_PER_FILTER patches. */
  filter: number;
  /** Transforming a patch, and back, for each channel. */
  patch: number;
  outputs: number;
}

/** Where products run at twice the speed, everything else costs twice as many of them. */
const NARROW: Costs = { product: 1.2, filter: 1000, patch: 1500, outputs: 300 };
const WIDE: Costs = { product: 1.4, filter: 1400, patch: 3000, outputs: 600 };
/** Multiplications of a patch by a pair of channels, for one phase and for two. */
const MULTIPLICATIONS = [36, 121];
const PATCHES_PER_FILTER = 64;

/** A kernel of a convolution. */
export type Pass = 'forward' | 'inputGradient' | 'filterGradient';

/**
 * Whether minimal filtering (assembly/winograd-planes.ts) covers a convolution and takes less time than the direct kernels: 3×3 taps,
 * or 5×5 and strides of 2, channels in fours, enough of them and enough outputs. Depends only on the shape and the variant's register tile.
 */
export function isWorthwhile(info: Info, pass: Pass, tileColumns: number): boolean {
  return isCovered(info, pass) && winogradCost(info, tileColumns > 8 ? WIDE : NARROW) < directCost(info);
}

function isCovered(info: Info, pass: Pass): boolean {
  const { filterHeight, filterWidth, strideHeight, strideWidth, inChannels, outChannels, padInfo } = info;
  const phases = strideHeight;
  const isSquare = filterHeight === filterWidth && strideHeight === strideWidth;
  const inFours = inChannels % 4 === 0 && outChannels % 4 === 0;
  if (!isSquare || phases > 2 || filterHeight !== 2 * phases + 1 || !inFours) return false;
  return phases === 1 || pass !== 'inputGradient' || (padInfo.top === 1 && padInfo.left === 1);
}

/** Multiplications for each pair of an input and an output channel. */
function winogradCost(info: Info, costs: Costs): number {
  const { batchSize, outHeight, outWidth, inChannels, outChannels } = info;
  const patches = batchSize * Math.ceil(outHeight / PATCH) * Math.ceil(outWidth / PATCH);
  const perPatch = MULTIPLICATIONS[phasesOf(info) - 1] * costs.product + costs.patch / outChannels + costs.outputs / inChannels;
  return patches * perPatch + Math.ceil(patches / PATCHES_PER_FILTER) * costs.filter;
}

/** The same for direct kernels: taps that meet the image. */
function directCost(info: Info): number {
  const { batchSize, inHeight, inWidth, outHeight, outWidth, padInfo } = info;
  const [taps, stride] = [info.filterHeight, info.strideHeight];
  const rows = tapsInside({ size: inHeight, outputs: outHeight, pad: padInfo.top, taps, stride });
  return batchSize * rows * tapsInside({ size: inWidth, outputs: outWidth, pad: padInfo.left, taps, stride });
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
