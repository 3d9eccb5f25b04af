import type { backend_util } from '@tensorflow/tfjs-core';

type Info = backend_util.Conv2DInfo;

/** One axis of a strided convolution. */
interface Axis {
  stride: number;
  filter: number;
  pad: number;
}

const axesOf = (info: Info): { y: Axis; x: Axis } => ({
  y: { stride: info.strideHeight, filter: info.filterHeight, pad: info.padInfo.top },
  x: { stride: info.strideWidth, filter: info.filterWidth, pad: info.padInfo.left },
});

/**
 * Pixels of the destination along one axis that are computed in the same way: `length` neighbours from `offset` on, repeated every
 * `step`, while the source moves by `sourceStep`. They meet `taps` pixels of the source, beginning with `origin` for the first of them.
 * The filter's tap between the two is `firstTap`; it moves by `tapStep` with the source, by `pixelTapStep` with the destination.
 */
export interface Lane {
  offset: number;
  length: number;
  step: number;
  sourceStep: number;
  origin: number;
  taps: number;
  firstTap: number;
  tapStep: number;
  pixelTapStep: number;
}

/** Pixels of a block along an axis, in strides of an input gradient. */
const BLOCKS = [1, 2, 4, 8];

/** Ways to cut an axis of a forward pass into lanes: single outputs, or blocks of at most `most`. */
const forwardCuts = (axis: Axis, most: number): Lane[][] =>
  BLOCKS.filter((length) => length === 1 || length <= most).map((length) => [forwardLane(axis, length)]);

/** The same of an input gradient: one lane per phase of the stride, or one of blocks. */
const gradientCuts = (axis: Axis, size: number, most: number): Lane[][] => [
  Array.from({ length: Math.min(axis.stride, size) }, (_, phase) => gradientLane(axis, phase, 1)),
  ...BLOCKS.map((strides) => strides * axis.stride)
    .filter((length) => length > 1 && length <= most)
    .map((length) => [gradientLane(axis, 0, length)]),
];

function forwardLane({ stride, filter, pad }: Axis, length: number): Lane {
  const taps = filter + (length - 1) * stride;
  const sourceStep = length * stride;
  return { offset: 0, length, step: length, sourceStep, origin: -pad, taps, firstTap: 0, tapStep: 1, pixelTapStep: -stride };
}

function gradientLane({ stride, filter, pad }: Axis, offset: number, length: number): Lane {
  const origin = Math.ceil((offset + pad - filter + 1) / stride);
  const taps = Math.floor((offset + length - 1 + pad) / stride) - origin + 1;
  const step = Math.max(length, stride);
  const firstTap = offset + pad - stride * origin;
  return { offset, length, step, sourceStep: step / stride, origin, taps, firstTap, tapStep: -stride, pixelTapStep: 1 };
}

/** Lanes along both axes, one pair for each job. */
export type Lanes = (readonly [row: Lane, column: Lane])[];

const pairsOf = (yWays: Lane[][], xWays: Lane[][]): Lanes[] =>
  yWays.flatMap((y) => xWays.map((x) => y.flatMap((row) => x.map((column) => [row, column] as const))));

/** The ways to cut a forward pass into jobs, blocks of at most `most` outputs along an axis included; the first is without. */
export function forwardWays(info: Info, most: number): Lanes[] {
  const { y, x } = axesOf(info);
  return pairsOf(forwardCuts(y, most), forwardCuts(x, most));
}

/** The same of an input gradient and its blocks of inputs. */
export function gradientWays(info: Info, most: number): Lanes[] {
  const { y, x } = axesOf(info);
  return pairsOf(gradientCuts(y, info.inHeight, most), gradientCuts(x, info.inWidth, most));
}
