import type { backend_util } from '@tensorflow/tfjs-core';
import type { Shader } from '../shader';
import { DEPTH, ENOUGH_WORKGROUPS } from './tile';

type Info = backend_util.Conv2DInfo;

/** A convolution as a product: shader, uniforms, workgroups, and how many partial results [slices, ...] it writes. */
export interface ConvolutionProgram {
  shader: Shader;
  uniforms: ArrayBuffer;
  workgroups: [number, number, number];
  slices: number;
}

/** How a product is cut along its depth; see {@link sliceDepth}. */
export interface Slicing {
  slices: number;
  depthsPerSlice: number;
}

/** Minimal depth of a slice: with less, adding up would take longer than multiplying. */
const LEAST_DEPTHS = 128;

/**
 * The number of slices that the depth is cut into if there are too few workgroups, and the depth of each (a multiple of the tile's).
 * Depends only on the shape.
 */
export function sliceDepth(depth: number, workgroups: number): Slicing {
  const wanted = Math.min(Math.ceil(ENOUGH_WORKGROUPS / workgroups), Math.floor(depth / LEAST_DEPTHS));
  const depthsPerSlice = Math.max(1, Math.ceil(depth / Math.max(1, wanted) / DEPTH)) * DEPTH;
  return { slices: Math.max(1, Math.ceil(depth / depthsPerSlice)), depthsPerSlice };
}

/** Floats that can be read at a time where `channels` of them follow each other. */
export const componentsOf = (channels: number): 1 | 4 => (channels % 4 === 0 ? 4 : 1);

/** The numbers of a convolution that its shaders read, in the order of {@link CONVOLUTION_NUMBERS}. */
const numbersOf = (info: Info, { slices, depthsPerSlice }: Slicing) => ({
  ...{ batch: info.batchSize, height: info.inHeight, width: info.inWidth, inChannels: info.inChannels },
  ...{ outHeight: info.outHeight, outWidth: info.outWidth, outChannels: info.outChannels },
  ...{ tapRows: info.filterHeight, tapColumns: info.filterWidth, top: info.padInfo.top, left: info.padInfo.left },
  ...{ strideY: info.strideHeight, strideX: info.strideWidth, slices, depthsPerSlice },
});

/** Members of the uniform struct of every convolution. */
export const CONVOLUTION_NUMBERS = [
  ...['batch', 'height', 'width', 'inChannels', 'outHeight', 'outWidth', 'outChannels', 'tapRows', 'tapColumns', 'top', 'left'],
  ...['strideY', 'strideX', 'slices', 'depthsPerSlice'],
]
  .map((name) => `${name}: i32`)
  .join(', ');

/** {@link CONVOLUTION_NUMBERS} as bytes. */
export const convolutionNumbers = (info: Info, slicing: Slicing): ArrayBuffer =>
  new Int32Array(Object.values(numbersOf(info, slicing))).buffer;

/** Index of a value of [.., height, width, channels] at (image, y, x, channel), -1 outside: in the padding. */
export const imageIndex = (height: string, width: string, channels: string): string => `
  let isOutside = at.y < 0 || at.y >= ${height} || at.z < 0 || at.z >= ${width};
  return select(((at.x * ${height} + at.y) * ${width} + at.z) * ${channels} + at.w, -1, isOutside);`;
