import type { backend_util } from '@tensorflow/tfjs-core';
import { componentsOf, CONVOLUTION_NUMBERS, convolutionNumbers, imageIndex, sliceDepth } from './convolution-numbers';
import type { ConvolutionProgram } from './convolution-numbers';
import type { Operand } from './operand';
import { productShader } from './product';
import { chooseTile, tileGrid } from './tile';

type Info = backend_util.Conv2DInfo;

/** The input position of the first tap of output pixel `pixel` (of all images). */
const ofPixel = (pixel: string): string => `
  let inImage = ${pixel} % (numbers.outHeight * numbers.outWidth);
  return vec4<i32>(
    ${pixel} / (numbers.outHeight * numbers.outWidth),
    inImage / numbers.outWidth * numbers.strideY - numbers.top,
    inImage % numbers.outWidth * numbers.strideX - numbers.left,
    0);`;

/** The offset from there to a tap's input channel. */
const ofTap = (tapChannel: string): string => `
  let tap = ${tapChannel} / numbers.inChannels;
  return vec4<i32>(0, tap / numbers.tapColumns, tap % numbers.tapColumns, ${tapChannel} % numbers.inChannels);`;

/** The functions of a product whose result is [slices, rows, outChannels], of `depths` depths. */
const plainFunctions = (rows: string, depths: string): string => `
  fn prepare(slice: i32) {}
  fn rowsOf(slice: i32) -> i32 { return ${rows}; }
  fn columnsOf(slice: i32) -> i32 { return numbers.outChannels; }
  fn firstDepthOf(slice: i32) -> i32 { return slice * numbers.depthsPerSlice; }
  fn endDepthOf(slice: i32) -> i32 { return min(${depths}, (slice + 1) * numbers.depthsPerSlice); }
  fn destination(row: i32, column: i32, slice: i32) -> i32 {
    return (slice * rowsOf(slice) + row) * numbers.outChannels + column;
  }`;

const PIXELS = 'numbers.batch * numbers.outHeight * numbers.outWidth';
const TAP_CHANNELS = 'numbers.tapRows * numbers.tapColumns * numbers.inChannels';

/** A matrix [depths, outChannels] that is already laid out as needed: the filter, or the output's gradient. */
const rowMajor = (buffer: string, info: Info): Operand => ({
  ...({ buffer, components: componentsOf(info.outChannels), along: 'row' } as const),
  ofRow: 'return vec4<i32>(row, 0, 0, 0);',
  ofDepth: 'return vec4<i32>(depth * numbers.outChannels, 0, 0, 0);',
  index: 'return at.x;',
});

const IMAGE_INDEX = imageIndex('numbers.height', 'numbers.width', 'numbers.inChannels');

/** y [B, OH, OW, Co]: rows are output pixels, columns output channels, depths the taps' input channels. */
export function convolutionProgram(info: Info): ConvolutionProgram {
  const rows = info.batchSize * info.outHeight * info.outWidth;
  const depth = info.filterHeight * info.filterWidth * info.inChannels;
  const tile = chooseTile({ rows, columns: info.outChannels, depth });
  const [x, y] = tileGrid(tile, rows, info.outChannels);
  const slicing = sliceDepth(depth, x * y);
  const left: Operand = {
    ...({ buffer: 'image', components: componentsOf(info.inChannels), along: 'depth' } as const),
    ...{ ofRow: ofPixel('row'), ofDepth: ofTap('depth'), index: IMAGE_INDEX },
  };
  const shader = productShader({
    ...{ name: 'convolution', tile, left, right: rowMajor('weights', info) },
    ...{ uniforms: CONVOLUTION_NUMBERS, functions: plainFunctions(PIXELS, TAP_CHANNELS) },
    outputComponents: componentsOf(info.outChannels),
  });
  const { slices } = slicing;
  return { shader, uniforms: convolutionNumbers(info, slicing), workgroups: [x, y, slices], slices };
}

/** dFilter [KH, KW, Ci, Co]: rows are taps' input channels, columns output channels, depths output pixels. */
export function filterGradientProgram(info: Info): ConvolutionProgram {
  const rows = info.filterHeight * info.filterWidth * info.inChannels;
  const depth = info.batchSize * info.outHeight * info.outWidth;
  const tile = chooseTile({ rows, columns: info.outChannels, depth });
  const [x, y] = tileGrid(tile, rows, info.outChannels);
  const slicing = sliceDepth(depth, x * y);
  const left: Operand = {
    ...({ buffer: 'image', components: componentsOf(info.inChannels), along: 'row' } as const),
    ...{ ofRow: ofTap('row'), ofDepth: ofPixel('depth'), index: IMAGE_INDEX },
  };
  const shader = productShader({
    ...{ name: 'filter gradient', tile, left, right: rowMajor('gradient', info) },
    ...{ uniforms: CONVOLUTION_NUMBERS, functions: plainFunctions(TAP_CHANNELS, PIXELS) },
    outputComponents: componentsOf(info.outChannels),
  });
  const { slices } = slicing;
  return { shader, uniforms: convolutionNumbers(info, slicing), workgroups: [x, y, slices], slices };
}
