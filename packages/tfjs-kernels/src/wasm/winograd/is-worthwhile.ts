import type { backend_util } from '@tensorflow/tfjs-core';
import { PATCH } from './planes';

type Info = backend_util.Conv2DInfo;

/** The costs of minimal filtering in multiplications of a direct product, measured by scripts/profile-layers.mjs. */
interface Costs {
  /** A patch, for each pair of an input and an output channel: 121 multiplications, which are somewhat slower. */
  product: number;
  /** Transforming a filter both ways, for each pair of channels and each PATCHES_PER_FILTER patches. */
  filter: number;
  /** Transforming a patch, and back, for each channel. */
  patch: number;
  outputs: number;
}

/** Where products run at twice the speed, everything else costs twice as many of them. */
const NARROW: Costs = { product: 1.2 * 121, filter: 1000, patch: 1500, outputs: 300 };
const WIDE: Costs = { product: 1.4 * 121, filter: 1400, patch: 3000, outputs: 600 };
const PATCHES_PER_FILTER = 64;

/** A kernel of a convolution. */
export type Pass = 'forward' | 'inputGradient' | 'filterGradient';

/**
 * Whether minimal filtering (assembly/winograd-planes.ts) covers a convolution and takes less time than the direct kernels: 5×5 taps,
 * strides of 2, channels in fours, enough of them and enough outputs. Depends only on the shape and the variant's register tile.
 */
export function isWorthwhile(info: Info, pass: Pass, tileColumns: number): boolean {
  return isCovered(info, pass) && winogradCost(info, tileColumns > 8 ? WIDE : NARROW) < directCost(info);
}

function isCovered(info: Info, pass: Pass): boolean {
  const { filterHeight, filterWidth, strideHeight, strideWidth, inChannels, outChannels, padInfo } = info;
  const shape = filterHeight === 5 && filterWidth === 5 && strideHeight === 2 && strideWidth === 2;
  const inFours = inChannels % 4 === 0 && outChannels % 4 === 0;
  return shape && inFours && (pass !== 'inputGradient' || (padInfo.top === 1 && padInfo.left === 1));
}

/** Multiplications for each pair of an input and an output channel. */
function winogradCost({ batchSize, outHeight, outWidth, inChannels, outChannels }: Info, costs: Costs): number {
  const patches = batchSize * Math.ceil(outHeight / PATCH) * Math.ceil(outWidth / PATCH);
  const perPatch = costs.product + costs.patch / outChannels + costs.outputs / inChannels;
  return patches * perPatch + Math.ceil(patches / PATCHES_PER_FILTER) * costs.filter;
}

/** The same for direct kernels: taps that meet the image. */
function directCost({ batchSize, inHeight, inWidth, outHeight, outWidth, padInfo }: Info): number {
  return batchSize * tapsInside(inHeight, outHeight, padInfo.top) * tapsInside(inWidth, outWidth, padInfo.left);
}

function tapsInside(size: number, outputs: number, pad: number): number {
  let inside = 0;
  for (let tap = 0; tap < 5; tap++) {
    const first = Math.max(0, Math.ceil((pad - tap) / 2));
    const end = Math.min(outputs, Math.ceil((size + pad - tap) / 2));
    inside += Math.max(0, end - first);
  }
  return inside;
}
