import { backend_util, util } from '@tensorflow/tfjs-core';
import type { Dilation2DAttrs, TensorInfo } from '@tensorflow/tfjs-core';
import { assertFloats, assertGradientShape } from '../../plain-convolution';
import type { KernelContext } from '../context';
import type { Heap } from '../heap';

type Inputs<Name extends string> = Record<Name, TensorInfo>;
type Shape4D = [number, number, number, number];
type Shape3D = [number, number, number];

/** Grey-scale dilation: the largest sum of an input and its weight, x [B, H, W, C] under filter [kh, kw, C]; [B, OH, OW, C]. */
export function dilation2d({ heap }: KernelContext, { x, filter }: Inputs<'x' | 'filter'>, attrs: Dilation2DAttrs): TensorInfo {
  assertFloats('Dilation2D', 'wasm', { x, filter });
  const info = infoOf(x, filter, attrs);
  const result = heap.output(info.outShape);
  const [xs, weights, y] = [x, filter, result].map((tensor) => valuesOf(heap, tensor));
  for (let output = 0; output < y.length; output++) {
    const winner = largestSum(info, output, xs, weights);
    y[output] = winner ? xs[winner.input] + weights[winner.weight] : NaN;
  }
  return result;
}

/** The gradient of grey-scale dilation at its input, [B, H, W, C]: an output's goes to the first input with the largest sum. */
export function dilation2dBackpropInput(context: KernelContext, inputs: Operands, attrs: Dilation2DAttrs): TensorInfo {
  return backprop(context, 'Dilation2DBackpropInput', inputs, attrs);
}

/** The gradient of grey-scale dilation's filter, [kh, kw, C]: an output's goes to the weight with the largest sum. */
export function dilation2dBackpropFilter(context: KernelContext, inputs: Operands, attrs: Dilation2DAttrs): TensorInfo {
  return backprop(context, 'Dilation2DBackpropFilter', inputs, attrs);
}

type Operands = Inputs<'x' | 'filter' | 'dy'>;
type Kernel = 'Dilation2DBackpropInput' | 'Dilation2DBackpropFilter';

function infoOf(x: TensorInfo, filter: TensorInfo, { strides, pad, dilations }: Dilation2DAttrs): backend_util.Conv2DInfo {
  const [inShape, filterShape] = [x.shape as Shape4D, filter.shape as Shape3D];
  return backend_util.computeDilation2DInfo(inShape, filterShape, strides, pad, 'NHWC', dilations);
}

const valuesOf = (heap: Heap, tensor: TensorInfo): Float32Array =>
  heap.floats(heap.address(tensor), util.sizeFromShape(tensor.shape));

function backprop({ heap }: KernelContext, kernel: Kernel, inputs: Operands, attrs: Dilation2DAttrs): TensorInfo {
  const info = infoOf(inputs.x, inputs.filter, attrs);
  assertFloats(kernel, 'wasm', inputs);
  assertGradientShape(`${kernel} (wasm)`, inputs.dy, info.outShape);
  const isInput = kernel === 'Dilation2DBackpropInput';
  const gradient = heap.output(isInput ? inputs.x.shape : inputs.filter.shape);
  const [x, filter, dy, sums] = [inputs.x, inputs.filter, inputs.dy, gradient].map((tensor) => valuesOf(heap, tensor));
  sums.fill(0);
  dy.forEach((value, output) => {
    const winner = largestSum(info, output, x, filter);
    if (winner) sums[isInput ? winner.input : winner.weight] += value;
  });
  return gradient;
}

/** Indices of the input and the weight with the largest sum under one output; undefined where all are NaN. */
function largestSum(info: backend_util.Conv2DInfo, output: number, x: Float32Array, filter: Float32Array) {
  const { inHeight, inWidth, inChannels, outHeight, outWidth, filterHeight, filterWidth } = info;
  const channel = output % inChannels;
  const pixel = Math.floor(output / inChannels);
  const image = Math.floor(pixel / (outWidth * outHeight));
  const top = (Math.floor(pixel / outWidth) % outHeight) * info.strideHeight - info.padInfo.top;
  const left = (pixel % outWidth) * info.strideWidth - info.padInfo.left;
  let best: { input: number; weight: number } | undefined;
  let largest = -Infinity;
  for (let tap = 0; tap < filterHeight * filterWidth; tap++) {
    const y = top + Math.floor(tap / filterWidth) * info.dilationHeight;
    const column = left + (tap % filterWidth) * info.dilationWidth;
    if (y < 0 || y >= inHeight || column < 0 || column >= inWidth) continue;
    const input = ((image * inHeight + y) * inWidth + column) * inChannels + channel;
    const weight = tap * inChannels + channel;
    const sum = x[input] + filter[weight];
    if (sum <= largest || Number.isNaN(sum)) continue;
    largest = sum;
    best = { input, weight };
  }
  return best;
}
