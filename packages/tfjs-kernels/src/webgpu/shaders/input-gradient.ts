import type { backend_util } from '@tensorflow/tfjs-core';
import { componentsOf, CONVOLUTION_NUMBERS, convolutionNumbers, imageIndex, sliceDepth } from './convolution-numbers';
import type { ConvolutionProgram } from './convolution-numbers';
import type { Operand } from './operand';
import { productShader } from './product';
import { chooseTile, DEPTH, tileGrid } from './tile';

type Info = backend_util.Conv2DInfo;

/**
 * Input pixels whose distance is a multiple of the stride are reached by the same taps: they form one phase, a dense convolution of the
 * output's gradient. The workgroup's third coordinate encodes the phase and the slice of its depths.
 */
const PHASE_FUNCTIONS = `
  struct Phase { y: i32, x: i32, rows: i32, columns: i32, firstTapRow: i32, firstTapColumn: i32, tapRows: i32, tapColumns: i32 }
  var<private> phase: Phase;
  fn steps(distance: i32, stride: i32) -> i32 { return max(0, (distance + stride - 1) / stride); }
  fn phaseOf(slice: i32) -> Phase {
    let number = slice / numbers.slices;
    let phaseColumns = min(numbers.strideX, numbers.width);
    let y = number / phaseColumns;
    let x = number % phaseColumns;
    let tapRow = (y + numbers.top) % numbers.strideY;
    let tapColumn = (x + numbers.left) % numbers.strideX;
    return Phase(
      y, x, steps(numbers.height - y, numbers.strideY), steps(numbers.width - x, numbers.strideX), tapRow, tapColumn,
      steps(numbers.tapRows - tapRow, numbers.strideY), steps(numbers.tapColumns - tapColumn, numbers.strideX));
  }
  fn prepare(slice: i32) { phase = phaseOf(slice); }
  fn depthsOf(own: Phase) -> i32 { return own.tapRows * own.tapColumns * numbers.outChannels; }
  fn perSlice(own: Phase) -> i32 { return steps(steps(depthsOf(own), numbers.slices), ${DEPTH}) * ${DEPTH}; }
  fn firstDepthOf(slice: i32) -> i32 { return slice % numbers.slices * perSlice(phaseOf(slice)); }
  fn endDepthOf(slice: i32) -> i32 {
    let own = phaseOf(slice);
    return min(depthsOf(own), (slice % numbers.slices + 1) * perSlice(own));
  }
  fn rowsOf(slice: i32) -> i32 { let own = phaseOf(slice); return numbers.batch * own.rows * own.columns; }
  fn columnsOf(slice: i32) -> i32 { return numbers.inChannels; }
  fn destination(row: i32, column: i32, slice: i32) -> i32 {
    let inPhase = row % (phase.rows * phase.columns);
    let y = inPhase / phase.columns * numbers.strideY + phase.y;
    let x = inPhase % phase.columns * numbers.strideX + phase.x;
    let image = slice % numbers.slices * numbers.batch + row / (phase.rows * phase.columns);
    return ((image * numbers.height + y) * numbers.width + x) * numbers.inChannels + column;
  }`;

/** The output whose gradient a phase's pixel gets through its first tap; further taps go backwards from it. */
const GRADIENT_OF_PIXEL = `
  let inPhase = row % (phase.rows * phase.columns);
  return vec4<i32>(
    row / (phase.rows * phase.columns),
    inPhase / phase.columns + (phase.y + numbers.top - phase.firstTapRow) / numbers.strideY,
    inPhase % phase.columns + (phase.x + numbers.left - phase.firstTapColumn) / numbers.strideX,
    0);`;
const GRADIENT_OF_TAP = `
  let tap = depth / numbers.outChannels;
  let columns = max(1, phase.tapColumns);
  return vec4<i32>(0, -(tap / columns), -(tap % columns), depth % numbers.outChannels);`;

/** The weight of an input channel in a tap of the phase. */
const WEIGHT_OF_TAP = `
  let tap = depth / numbers.outChannels;
  let columns = max(1, phase.tapColumns);
  let tapRow = phase.firstTapRow + tap / columns * numbers.strideY;
  let tapColumn = phase.firstTapColumn + tap % columns * numbers.strideX;
  let weights = numbers.inChannels * numbers.outChannels;
  return vec4<i32>((tapRow * numbers.tapColumns + tapColumn) * weights + depth % numbers.outChannels, 0, 0, 0);`;

/** dx [B, H, W, Ci]: rows are the pixels of a phase, columns input channels, depths the output channels of the phase's taps. */
export function inputGradientProgram(info: Info): ConvolutionProgram {
  const { batchSize, inHeight, inWidth, inChannels, outChannels, strideHeight, strideWidth, filterHeight, filterWidth } = info;
  const phases = Math.min(strideHeight, inHeight) * Math.min(strideWidth, inWidth);
  const rows = batchSize * Math.ceil(inHeight / strideHeight) * Math.ceil(inWidth / strideWidth);
  const depth = Math.ceil(filterHeight / strideHeight) * Math.ceil(filterWidth / strideWidth) * outChannels;
  const tile = chooseTile({ rows, columns: inChannels, depth, phases });
  const [x, y] = tileGrid(tile, rows, inChannels);
  const slicing = sliceDepth(depth, x * y * phases);
  const components = componentsOf(outChannels);
  const left: Operand = {
    ...({ buffer: 'gradient', components, along: 'depth' } as const),
    ...{ ofRow: GRADIENT_OF_PIXEL, ofDepth: GRADIENT_OF_TAP },
    index: imageIndex('numbers.outHeight', 'numbers.outWidth', 'numbers.outChannels'),
  };
  const right: Operand = {
    ...({ buffer: 'weights', components, along: 'depth' } as const),
    ...{ ofRow: 'return vec4<i32>(row * numbers.outChannels, 0, 0, 0);', ofDepth: WEIGHT_OF_TAP, index: 'return at.x;' },
  };
  const shader = productShader({
    ...{ name: 'input gradient', tile, left, right, uniforms: CONVOLUTION_NUMBERS, functions: PHASE_FUNCTIONS },
    outputComponents: componentsOf(inChannels),
  });
  const { slices } = slicing;
  return { shader, uniforms: convolutionNumbers(info, slicing), workgroups: [x, y, phases * slices], slices };
}
